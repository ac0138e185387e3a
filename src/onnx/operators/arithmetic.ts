import { type Dimension, type Graph, type Shape, sameShape, type Value } from "../graph.ts";
import { type Operator, operator } from "./operator.ts";

type Binary = Operator<[a: Value, b: Value], undefined>;

/** a + b, with broadcasting. */
export const add: Binary = operator<[a: Value, b: Value]>({
  name: "add",
  takesBlocked: alike,
  forward: (g, [a, b]) => g.node("Add", [a, b], { shape: broadcast(a.shape, b.shape), layout: a.layout }),
  gradient: (g, { inputs: [a, b], needed }, dy) => [
    needed[0] ? sumTo(g, dy, a.shape) : undefined,
    needed[1] ? sumTo(g, dy, b.shape) : undefined,
  ],
});

/** a - b, with broadcasting. */
export const sub: Binary = operator<[a: Value, b: Value]>({
  name: "sub",
  takesBlocked: alike,
  forward: (g, [a, b]) => g.node("Sub", [a, b], { shape: broadcast(a.shape, b.shape), layout: a.layout }),
  gradient: (g, { inputs: [a, b], needed }, dy) => [
    needed[0] ? sumTo(g, dy, a.shape) : undefined,
    needed[1] ? sumTo(g, neg(g, dy), b.shape) : undefined,
  ],
});

/** a b, with broadcasting: da = dy b, db = dy a. */
export const mul: Binary = operator<[a: Value, b: Value]>({
  name: "mul",
  takesBlocked: alike,
  forward: (g, [a, b]) => g.node("Mul", [a, b], { shape: broadcast(a.shape, b.shape), layout: a.layout }),
  gradient: (g, { inputs: [a, b], needed }, dy) => [
    needed[0] ? sumTo(g, mul(g, dy, b), a.shape) : undefined,
    needed[1] ? sumTo(g, mul(g, dy, a), b.shape) : undefined,
  ],
});

/** y = a / b, with broadcasting: da = dy / b, db = -dy y / b. */
export const div: Binary = operator<[a: Value, b: Value]>({
  name: "div",
  takesBlocked: alike,
  forward: (g, [a, b]) => g.node("Div", [a, b], { shape: broadcast(a.shape, b.shape), layout: a.layout }),
  gradient: (g, { inputs: [a, b], output: y, needed }, dy) => [
    needed[0] ? sumTo(g, div(g, dy, b), a.shape) : undefined,
    needed[1] ? sumTo(g, neg(g, mul(g, dy, div(g, y, b))), b.shape) : undefined,
  ],
});

/** -x */
export const neg: Operator<[x: Value], undefined> = operator<[x: Value]>({
  name: "neg",
  takesBlocked: () => true,
  forward: (g, [x]) => g.node("Neg", [x], { shape: x.shape, layout: x.layout }),
  gradient: (g, _, dy) => [neg(g, dy)],
});

/** Number by number, the order does not matter as long as it is the same. */
function alike([a, b]: readonly [Value, Value]): boolean {
  return a.layout === b.layout && sameShape(a.shape, b.shape);
}

/** The shape that two operands broadcast to, by ONNX's (NumPy's) rule. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i): Dimension => {
    const left = a[i - rank + a.length] ?? 1;
    const right = b[i - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) throw new Error(`Shapes [${a}] and [${b}] do not broadcast.`);
    return left === 1 ? right : left;
  });
}

/** Undoes a broadcast: sums over the axes along which a tensor of `shape` was repeated. */
function sumTo(g: Graph, x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x;
  const offset = x.shape.length - shape.length;
  const axes = x.shape.flatMap((length, i) => (i < offset || (shape[i - offset] === 1 && length !== 1) ? [i] : []));
  const kept = x.shape.map((length, i) => (axes.includes(i) ? 1 : length));
  const sum = g.node("ReduceSum", [x, g.integers(axes)], { shape: kept, attributes: { keepdims: 1 } });
  if (offset === 0) return sum;
  // Where leading axes vanish nothing but them changes: a batch axis, if one is left, keeps its place after them.
  const squeezed = Array.from({ length: offset }, (_, i) => i);
  return g.node("Squeeze", [sum, g.integers(squeezed)], { shape });
}
