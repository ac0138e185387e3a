/** A square window that slides over the last two axes. */
export interface Window {
  /** Side, in pixels. */
  readonly kernel: number;
  readonly stride: number;
  /** On each of the four sides, in pixels. */
  readonly padding: number;
}

/** Number of places that the window takes along an axis of this length. */
export function pooledLength(length: number, { kernel, stride, padding }: Window): number {
  return Math.floor((length + 2 * padding - kernel) / stride) + 1;
}
