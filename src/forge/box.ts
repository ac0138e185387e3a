/** A rectangle of whole pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The box, larger by a margin on every side, cut at the borders of the picture. */
export function grow(box: Box, margin: number, picture: { width: number; height: number }): Box {
  const x = Math.max(0, Math.floor(box.x - margin));
  const y = Math.max(0, Math.floor(box.y - margin));
  const right = Math.min(picture.width, Math.ceil(box.x + box.width + margin));
  const bottom = Math.min(picture.height, Math.ceil(box.y + box.height + margin));
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

/** The smallest box that holds both. */
export function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** The box in a picture of another size, rounded outwards. */
export function scaled(box: Box, from: { width: number; height: number }, to: { width: number; height: number }): Box {
  if (from.width === to.width && from.height === to.height) return box;
  const [across, down] = [to.width / from.width, to.height / from.height];
  const exact = { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down };
  return grow(exact, 0, to);
}

/** True where the boxes share a pixel. */
export function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
