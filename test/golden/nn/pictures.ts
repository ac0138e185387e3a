import type { TensorData } from "../../../src/onnx/tensor.ts";
import { fill } from "../onnx/fill.ts";

/** The pictures of models.py: each with a contrast of its own   // [batch, c, h, w] */
export function pictures(
  batch: number,
  { channels, height, width }: { channels: number; height: number; width: number },
): TensorData {
  const row = channels * height * width;
  const data = fill("x", batch * row).map((noise, i) => {
    const contrast = 0.25 + (1.75 * Math.floor(i / row)) / (batch - 1);
    return noise * contrast + contrast;
  });
  return { shape: [batch, channels, height, width], data };
}
