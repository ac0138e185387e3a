import type { Graph, Value } from "../../graph.ts";
import { nchwc } from "../../layout.ts";

/**
 * Weights in the order of the blocked kernels, from plain ones [out, in, k, k]: [out / block, in / block, k k, block
 * in, block out]; where the inputs are fewer than a block, [out / block, in, k k, block out]. Every step moves whole
 * blocks or is `ReorderInput`, which is a transposition made for blocks.
 */
export function blockedWeight(g: Graph, weight: Value): Value {
  const [out, input, height, width] = weight.shape as [number, number, number, number];
  const taps = height * width;
  return g.once(`blocked weight ${weight.name}`, () => {
    const outBlocked = reorder(g, weight, [1, out, input * taps, 1]);
    if (taps === 1 || input < g.block) return shaped(g, outBlocked, weight.shape as number[]);
    const byBlock = shaped(g, outBlocked, [out / g.block, input / g.block, g.block, taps, g.block]);
    return shaped(g, transposed(g, byBlock, [0, 1, 3, 2, 4]), weight.shape as number[]);
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
  const exchanged = g.once(`blocked input weight ${weight.name}`, () => {
    const inBlocked = taps === 1 ? weight : reorder(g, weight, [out, input, taps, 1]);
    const blocks = shaped(g, inBlocked, [out / g.block, g.block, input / g.block, taps, g.block]);
    return transposed(g, blocks, [2, 0, 3, 1, 4]);
  });
  const shape = [input, out, tapRows, tapColumns];
  if (taps === 1) return shaped(g, exchanged, shape);
  const rows = (input / g.block) * (out / g.block);
  const list = shaped(g, exchanged, [rows, taps, g.block * g.block]);
  const chosen = g.node("Gather", [list, g.integers(order)], {
    shape: [rows, order.length, g.block * g.block],
    attributes: { axis: 1 },
  });
  return shaped(g, chosen, shape);
}

function reorder(g: Graph, weight: Value, shape: readonly number[]): Value {
  return g.node("ReorderInput", [shaped(g, weight, shape)], { shape, domain: nchwc });
}

function shaped(g: Graph, value: Value, shape: readonly number[]): Value {
  return g.node("Reshape", [value, g.integers(shape)], { shape });
}

function transposed(g: Graph, value: Value, perm: readonly number[]): Value {
  return g.node("Transpose", [value], { shape: perm.map((axis) => value.shape[axis]!), attributes: { perm } });
}
