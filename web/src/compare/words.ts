export const showThree = (x: number) => x.toFixed(3);

/** `0.512 to 0.561` */
export function interval({ low, high }: { low: number; high: number }, show: (x: number) => string): string {
  return `${show(low)} to ${show(high)}`;
}
