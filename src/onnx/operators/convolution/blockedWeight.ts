import type { Graph, Value } from "../../graph.ts";
import { nchwc } from "../../layout.ts";
import { shaped } from "../reshape.ts";

/**
 * Weights in the order of the blocked kernels, from plain ones [out, in, k, k]: [out / block, in / block, k k, block
 * in, block out]; where the inputs are fewer than a block, [out / block, in, k k, block out].
 *
 * Every node is one of the two that use all threads: `ReorderInput`, a transposition made for blocks, and `Gather`,
 * which moves whole blocks. Transpose moves 64 bytes at a time on one thread: 51 ms a step of ResNet-50, against 20.
 */
export function blockedWeight(g: Graph, weight: Value): Value {
  const [out, input, height, width] = weight.shape as [number, number, number, number];
  const taps = height * width;
  return g.once(`blocked weight ${weight.name}`, () => {
    const outBlocked = reorder(g, weight, [1, out, input * taps, 1]);
    if (taps === 1 || input < g.block) return shaped(g, outBlocked, weight.shape);
    // [out / block, in / block, block in, taps, block out], of which the two before the last change places.
    const tapsFirst = tapsBeforeChannels(g, outBlocked, (out * input) / g.block ** 2, taps, all(taps));
    return shaped(g, tapsFirst, weight.shape);
  });
}

/**
 * The weights of the convolution that turns dy into dx: inputs and outputs exchanged and, of the taps, those that
 * `order` names, in that order   // [out, in, k, k] -> blocked [in / block, out / block, taps, block out, block in]
 */
export function blockedInputWeight(
  g: Graph,
  weight: Value,
  order: readonly number[],
  [tapRows, tapColumns]: readonly [number, number],
): Value {
  const [out, input, height, width] = weight.shape as [number, number, number, number];
  const taps = height * width;
  const shape = [input, out, tapRows, tapColumns];
  if (taps === 1) return g.once(`blocked input weight ${weight.name}`, () => exchanged1x1(g, weight));
  const exchanged = g.once(`blocked input weight ${weight.name}`, () => {
    const inBlocked = shaped(g, reorder(g, weight, [out, input, taps, 1]), [out, input / g.block, taps * g.block]);
    const [rows, columns, line] = inBlocked.shape as [number, number, number];
    return g.node("Transpose", [inBlocked], { shape: [columns, rows, line], attributes: { perm: [1, 0, 2] } });
  });
  return shaped(g, tapsBeforeChannels(g, exchanged, (out * input) / g.block ** 2, taps, order), shape);
}

/** The rows of [out, in] are pixels with their channels last: blocking the channels leaves [in / block, out, block in]. */
function exchanged1x1(g: Graph, weight: Value): Value {
  const [out, input] = weight.shape as [number, number];
  const pixels = shaped(g, weight, [1, out, 1, input]);
  const attributes = { channels_last: 1 };
  const blocked = g.node("ReorderInput", [pixels], { shape: [1, input, out, 1], domain: nchwc, attributes });
  return shaped(g, blocked, [input, out, 1, 1]);
}

/** [squares, block, taps, block] to [squares, chosen taps, block, block] */
function tapsBeforeChannels(g: Graph, value: Value, squares: number, taps: number, order: readonly number[]): Value {
  const lines = shaped(g, value, [squares, g.block * taps, g.block]);
  const moved = order.flatMap((tap) => all(g.block).map((channel) => channel * taps + tap));
  const shape = [squares, moved.length, g.block];
  return g.node("Gather", [lines, g.integers(moved)], { shape, attributes: { axis: 1 } });
}

/** [out, taps, in], as a matrix product leaves a gradient, to [out, in, taps]; `in` fills whole blocks. */
export function tapsLast(g: Graph, value: Value): Value {
  const [out, taps, input] = value.shape as [number, number, number];
  const attributes = { channels_last: 1 };
  const pixels = shaped(g, value, [out, taps, 1, input]);
  const shape = [out, input, taps, 1];
  const blocked = g.node("ReorderInput", [pixels], { shape, domain: nchwc, attributes });
  return g.node("ReorderOutput", [blocked], { shape, domain: nchwc, attributes: { channels: input } });
}

function all(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function reorder(g: Graph, weight: Value, shape: readonly number[]): Value {
  return g.node("ReorderInput", [shaped(g, weight, shape)], { shape, domain: nchwc });
}
