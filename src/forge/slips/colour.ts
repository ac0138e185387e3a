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

/** Hue in degrees, saturation and lightness 0..1. */
export function fromHsl(hue: number, saturation: number, lightness: number): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    return 255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return showColour([channel(0), channel(8), channel(4)]);
}
