/** Float planes of a picture. */
export interface Planes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** [channels, height, width]; the range is stated by whoever made them */
  readonly data: Float32Array;
}
