import type { Graph, Value } from "../../graph.ts";
import { channelsLast, toPlain } from "../../layout.ts";
import { concat } from "../concat.ts";
import { cropped } from "../cropped.ts";
import { reduceSum } from "../reduce.ts";
import { reshape } from "../reshape.ts";
import { transpose } from "../transpose.ts";
import { tapsLast } from "./blockedWeight.ts";
import type { ConvolutionShape, WeightGradientKernel } from "./kernels.ts";

/** dW[o, c, u, v] = sum over n, i, j of dy[n, o, i, j] x[n, c, i stride + u - padding, j stride + v - padding] */
export function weightGradient(g: Graph, dy: Value, x: Value, shape: ConvolutionShape, kernel: WeightGradientKernel) {
  if (kernel === "gathered") return gathered(g, dy, x, shape);
  return { perImage, stacked, swapped }[kernel](g, toPlain(g, dy), toPlain(g, x), shape);
}

/** As `stacked`, with the channels last: a tap's numbers are rows of all channels, which are picked up by number. */
function gathered(g: Graph, dy: Value, x: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, outputChannels, kernel, padding, height, width } = shape;
  const positions = batch * shape.outputHeight * shape.outputWidth;
  const taps = kernel * kernel;
  const [rows, columns] = [height + 2 * padding, width + 2 * padding];
  const padded = g.node("Pad", [channelsLast(g, x), g.integers([0, padding, padding, 0, 0, padding, padding, 0])], {
    shape: [batch, rows, columns, inputChannels],
  });
  const list = reshape(g, padded, { shape: [batch * rows * columns, inputChannels] });
  const seen = g.node("Gather", [list, g.integers(rowsSeen(shape))], {
    shape: [positions * taps, inputChannels],
    attributes: { axis: 0 },
  });
  const product = g.node(
    "Gemm",
    [
      reshape(g, channelsLast(g, dy), { shape: [positions, outputChannels] }),
      reshape(g, seen, { shape: [positions, taps * inputChannels] }),
    ],
    { shape: [outputChannels, taps * inputChannels], attributes: { transA: 1 } },
  );
  return fromTaps(g, product, shape);
}

/** For each position of the output and each tap, the pixel of the padded input that it saw, counted over the batch. */
function rowsSeen({ batch, kernel, stride, padding, height, width, outputHeight, outputWidth }: ConvolutionShape) {
  const [rows, columns] = [height + 2 * padding, width + 2 * padding];
  const seen: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < outputHeight; i++)
      for (let j = 0; j < outputWidth; j++)
        for (let u = 0; u < kernel; u++)
          for (let v = 0; v < kernel; v++) seen.push((n * rows + i * stride + u) * columns + j * stride + v);
  return seen;
}

/** dW[:, :, u, v] = sum over n of dy[n] x_uv[n]^T, where x_uv is what the tap (u, v) saw. */
function perImage(g: Graph, dy: Value, x: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, outputChannels, kernel } = shape;
  const positions = shape.outputHeight * shape.outputWidth;
  const rows = reshape(g, dy, { shape: [batch, outputChannels, positions] });
  const parts = taps(g, pad(g, x, shape), shape).map((tap) => {
    const seen = reshape(g, tap, { shape: [batch, inputChannels, positions] });
    const byImage = g.node("FusedMatMul", [rows, seen], {
      shape: [batch, outputChannels, inputChannels],
      attributes: { transB: 1 },
      domain: "com.microsoft",
    });
    return reshape(g, reduceSum(g, byImage, { axes: [0] }), { shape: [outputChannels, inputChannels, 1] });
  });
  const all = parts.length === 1 ? parts[0]! : concat(g, ...parts, { axis: 2 });
  return reshape(g, all, { shape: [outputChannels, inputChannels, kernel, kernel] });
}

/** dW = dy rows^T, with dy [o, n i j] and rows [u v c, n i j], both channels first. */
function stacked(g: Graph, dy: Value, x: Value, shape: ConvolutionShape): Value {
  const { batch, inputChannels, outputChannels, kernel } = shape;
  const columns = batch * shape.outputHeight * shape.outputWidth;
  const rows = kernel * kernel * inputChannels;
  const channelsFirst = (value: Value) => transpose(g, value, { order: [1, 0, 2, 3] });
  const seen = taps(g, channelsFirst(pad(g, x, shape)), shape);
  const stack = seen.length === 1 ? seen[0]! : concat(g, ...seen, { axis: 0 });
  const product = g.node(
    "Gemm",
    [
      reshape(g, channelsFirst(dy), { shape: [outputChannels, columns] }),
      reshape(g, stack, { shape: [rows, columns] }),
    ],
    { shape: [outputChannels, rows], attributes: { transB: 1 } },
  );
  return fromTaps(g, product, shape);
}

/** [out, k k in] -> [out, in, k, k] */
function fromTaps(g: Graph, product: Value, { inputChannels, outputChannels, kernel }: ConvolutionShape): Value {
  if (kernel === 1) return reshape(g, product, { shape: [outputChannels, inputChannels, 1, 1] });
  const byTap = reshape(g, product, { shape: [outputChannels, kernel * kernel, inputChannels] });
  const whole = g.block > 0 && inputChannels % g.block === 0;
  const byChannel = whole ? tapsLast(g, byTap) : transpose(g, byTap, { order: [0, 2, 1] });
  return reshape(g, byChannel, { shape: [outputChannels, inputChannels, kernel, kernel] });
}

/** x with its channels as batch, convolved by dy with its channels as outputs and the stride as dilation. */
function swapped(g: Graph, dy: Value, x: Value, shape: ConvolutionShape): Value {
  const { inputChannels, outputChannels, kernel, stride, padding, outputHeight, outputWidth } = shape;
  // Rows of padding after the last pixel that the forward pass touched; negative where it left pixels over.
  const after = (length: number, outputLength: number) => (outputLength - 1) * stride + kernel - length - padding;
  const [bottom, right] = [after(shape.height, outputHeight), after(shape.width, outputWidth)];
  const used = cropped(g, x, shape.height + Math.min(bottom, 0), shape.width + Math.min(right, 0), 2);
  const byChannel = g.node(
    "Conv",
    [transpose(g, used, { order: [1, 0, 2, 3] }), transpose(g, dy, { order: [1, 0, 2, 3] })],
    {
      shape: [inputChannels, outputChannels, kernel, kernel],
      attributes: {
        kernel_shape: [outputHeight, outputWidth],
        dilations: [stride, stride],
        pads: [padding, padding, Math.max(bottom, 0), Math.max(right, 0)],
      },
    },
  );
  return transpose(g, byChannel, { order: [1, 0, 2, 3] });
}

function pad(g: Graph, x: Value, { padding, height, width }: ConvolutionShape): Value {
  if (padding === 0) return x;
  const pads = [0, 0, padding, padding, 0, 0, padding, padding];
  const shape = [...x.shape.slice(0, 2), height + 2 * padding, width + 2 * padding];
  return g.node("Pad", [x, g.integers(pads)], { shape });
}

/** For each tap (u, v), row by row, what it saw of the padded input: x[i stride + u, j stride + v]. */
function taps(g: Graph, padded: Value, shape: ConvolutionShape): Value[] {
  const { kernel, stride, outputHeight, outputWidth } = shape;
  const size = [outputHeight, outputWidth];
  const result = padded.shape.map((length, axis) => size[axis - 2] ?? length);
  if (kernel === 1 && stride === 1) return [padded];
  return Array.from({ length: kernel * kernel }, (_, tap) => {
    const start = [Math.floor(tap / kernel), tap % kernel];
    const end = start.map((from, axis) => from + (size[axis]! - 1) * stride + 1);
    const bounds = [start, end, [2, 3], [stride, stride]].map((numbers) => g.integers(numbers));
    return g.node("Slice", [padded, ...bounds], { shape: result });
  });
}
