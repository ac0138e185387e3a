/** toFixed with Python's rule for exact halves: to the even digit (.125 is .12), where JavaScript rounds up (.13). */
export function fixed(x: number, digits: number): string {
  const exact = x.toFixed(100);
  const cut = exact.indexOf(".") + 1 + digits;
  const isHalf = /^50*$/.test(exact.slice(cut));
  const isEven = Number(exact.slice(0, cut).replace(".", "").at(-1)) % 2 === 0;
  return isHalf && isEven ? exact.slice(0, digits === 0 ? cut - 1 : cut) : x.toFixed(digits);
}
