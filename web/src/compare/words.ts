/** Of a hundred, in as many digits as help: `0.4`, `5.2`, `35`, `99.6`. */
export function perHundred(share: number): string {
  const hundredths = share * 100;
  const digits = hundredths >= 9.95 && hundredths < 98.95 ? 0 : 1;
  return hundredths.toFixed(digits).replace(/\.0$/, "");
}

export const showThree = (x: number) => x.toFixed(3);

/** `0.512 to 0.561` */
export function interval({ low, high }: { low: number; high: number }, show: (x: number) => string): string {
  return `${show(low)} to ${show(high)}`;
}
