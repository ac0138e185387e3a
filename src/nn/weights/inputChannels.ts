import type { TensorData } from "../../onnx/tensor.ts";

/**
 * A first convolution for red, green and blue, made one for c planes:
 *   w'[o, j] = 3 / c · mean over i of w[o, i]   for every plane j
 * so that a picture whose planes are alike gives the sums that it gave before. timm scales by 3 / c as well, but
 * repeats the three kernels in turn; ours are alike, for the planes of a representation are not red, green and blue.
 * For one plane both are the sum of the three.   // [out, 3, h, w] -> [out, c, h, w]
 */
export function spreadOverPlanes({ shape, data }: TensorData, planes: number): TensorData {
  const [out, colours, height, width] = shape as [number, number, number, number];
  const size = height * width;
  const spread = new Float32Array(out * planes * size);
  for (let o = 0; o < out; o++)
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let c = 0; c < colours; c++) sum += data[(o * colours + c) * size + i]!;
      for (let j = 0; j < planes; j++) spread[(o * planes + j) * size + i] = sum / planes;
    }
  return { shape: [out, planes, height, width], data: spread };
}
