export type Rgb = readonly [number, number, number];

export function parseColour(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

export function showColour(rgb: readonly number[]): string {
  const byte = (x: number) => Math.round(Math.min(255, Math.max(0, x)));
  return `#${rgb.map((x) => byte(x).toString(16).padStart(2, "0")).join("")}`;
}

/** (1 - share) a + share b. */
export function mix(a: string, b: string, share: number): string {
  const [from, to] = [parseColour(a), parseColour(b)];
  return showColour(from.map((x, i) => x + share * (to[i]! - x)));
}
