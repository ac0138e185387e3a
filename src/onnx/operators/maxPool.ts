import { elementCount, fixedShape, type Graph, type Value } from "../graph.ts";
import { nchwc, toPlain } from "../layout.ts";
import { operator } from "./operator.ts";
import { shaped } from "./reshape.ts";
import { pooledLength, type Window } from "./window.ts";

/**
 * y = the largest x in each window   // [batch, c, h, w] -> [batch, c, h', w']
 * dx: each window's gradient goes to the place of its maximum (the first, where several are equal).
 *
 * The places are found again for the gradient: the kernel that tells them takes ten times as long as the one that
 * does not (41 ms and 4 of a forward pass of 400), and whoever wants no gradient should not pay for it.
 */
export const maxPool = operator<[x: Value], Window>({
  name: "maxPool",
  takesBlocked: () => true,
  forward: (g, [x], window) => {
    const domain = x.layout === "blocked" ? nchwc : "";
    return g.node("MaxPool", [x], { ...pooled(x, window), domain, layout: x.layout });
  },
  gradient: (g, { inputs: [x], attributes: window }, dy) => [scattered(g, toPlain(g, x), toPlain(g, dy), window)],
});

function pooled(x: Value, window: Window) {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const { kernel, stride, padding } = window;
  return {
    shape: [batch, channels, pooledLength(height, window), pooledLength(width, window)],
    attributes: {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    },
  };
}

function scattered(g: Graph, x: Value, dy: Value, window: Window): Value {
  const shape = fixedShape(x, "The gradient of maxPool");
  const size = elementCount(shape);
  const count = elementCount(fixedShape(dy, "The gradient of maxPool"));
  const { attributes } = pooled(x, window);
  const outputs = [{ shape: dy.shape }, { shape: dy.shape, type: "int64" as const }];
  const [, places] = g.nodeWithOutputs("MaxPool", [x], outputs, { attributes });
  // The places count through the whole flattened tensor.
  const flatPlaces = shaped(g, places!, [count]);
  const flatGradient = shaped(g, dy, [count]);
  // Zeros that depend on a run: as a constant they would be kept for good, as large as x.
  const first = g.node("Slice", [flatGradient, g.integers([0]), g.integers([1])], { shape: [1] });
  const zero = g.node("Mul", [first, g.constant(0)], { shape: [1] });
  const zeros = g.node("Expand", [zero, g.integers([size])], { shape: [size] });
  const sums = g.node("ScatterElements", [zeros, flatPlaces, flatGradient], {
    shape: [size],
    attributes: { axis: 0, reduction: "add" },
  });
  return shaped(g, sums, shape);
}
