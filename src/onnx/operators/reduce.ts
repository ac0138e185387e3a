import type { Dimension, Graph, Shape, Value } from "../graph.ts";
import { mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";

interface Axes {
  /** Axes to reduce over, from 0; all of them by default. */
  readonly axes?: readonly number[];
  /** Whether the reduced axes stay, with length 1. */
  readonly keep?: boolean;
}

/** Sum over axes; every element receives the sum's gradient. */
export const reduceSum = operator<[x: Value], Axes>({
  name: "reduceSum",
  forward: (g, [x], options) => reduce(g, "ReduceSum", x, options),
  gradient: (g, { inputs: [x], attributes }, dy) => [spread(g, dy, x, attributes)],
});

/** Mean over axes; every element receives the mean's gradient over their number. The axes' lengths must be fixed. */
export const reduceMean = operator<[x: Value], Axes>({
  name: "reduceMean",
  forward: (g, [x], options) => reduce(g, "ReduceMean", x, options),
  gradient: (g, { inputs: [x], attributes }, dy) => {
    const count = axesOf(x, attributes).reduce((product, axis) => product * (x.shape[axis] as number), 1);
    return [spread(g, mul(g, dy, g.constant(1 / count)), x, attributes)];
  },
});

function axesOf(x: Value, { axes }: Axes): readonly number[] {
  return axes ?? x.shape.map((_, axis) => axis);
}

function reduced(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  return shape.flatMap((length, i): Dimension[] => (axes.includes(i) ? (keep ? [1] : []) : [length]));
}

function reduce(g: Graph, op: string, x: Value, options: Axes): Value {
  const axes = axesOf(x, options);
  const shape = reduced(x.shape, axes, options.keep ?? false);
  return g.node(op, [x, g.integers(axes)], { shape, attributes: { keepdims: options.keep ? 1 : 0 } });
}

/** Repeats a reduced tensor along the axes that it lost. */
function spread(g: Graph, dy: Value, x: Value, options: Axes): Value {
  const axes = axesOf(x, options);
  const kept = options.keep ? dy : g.node("Unsqueeze", [dy, g.integers(axes)], { shape: reduced(x.shape, axes, true) });
  const target = x.shape.includes("batch")
    ? g.node("Shape", [x], { shape: [x.shape.length], type: "int64" })
    : g.integers(x.shape as readonly number[]);
  return g.node("Expand", [kept, target], { shape: x.shape });
}
