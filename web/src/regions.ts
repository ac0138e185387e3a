import type { DetectAnswer } from "../../src/server/answers.ts";

export type Region = NonNullable<DetectAnswer["regions"]>[number];

/** A box as the picture is shown, in shares of its sides. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Stored coordinates, in shares, to those of the upright picture, by its EXIF orientation 1..8. */
const turns: Readonly<Record<number, (u: number, v: number) => [x: number, y: number]>> = {
  2: (u, v) => [1 - u, v],
  3: (u, v) => [1 - u, 1 - v],
  4: (u, v) => [u, 1 - v],
  5: (u, v) => [v, u],
  6: (u, v) => [1 - v, u],
  7: (u, v) => [1 - v, 1 - u],
  8: (u, v) => [v, 1 - u],
};

/** Where a region, which is told in pixels as stored, lies on the picture as it is shown. */
export function shownBox({ x, y, width, height }: Region, picture: DetectAnswer["picture"]): Box {
  const turn = turns[picture.orientation] ?? ((u: number, v: number) => [u, v] as const);
  const [x0, y0] = turn(x / picture.width, y / picture.height);
  const [x1, y1] = turn((x + width) / picture.width, (y + height) / picture.height);
  return { left: Math.min(x0, x1), top: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
}

/** `senderAccount` as people say it: Sender account; a region without a field is a place. */
export function regionName({ field }: Region): string {
  if (field === undefined) return "Place";
  const words = field.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return words === "qr" ? "QR code" : `${words[0]!.toUpperCase()}${words.slice(1)}`;
}
