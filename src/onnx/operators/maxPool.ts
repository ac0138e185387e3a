import { elementCount, fixedShape, type Value } from "../graph.ts";
import { operator } from "./operator.ts";
import { pooledLength, type Window } from "./window.ts";

/**
 * y = the largest x in each window   // [batch, c, h, w] -> [batch, c, h', w']
 * dx: each window's gradient goes to the place of its maximum (the first, where several are equal).
 */
export const maxPool = operator<[x: Value], Window, Value>({
  name: "maxPool",
  forward: (g, [x], window) => {
    const [batch, channels, height, width] = x.shape as [number, number, number, number];
    const shape = [batch, channels, pooledLength(height, window), pooledLength(width, window)];
    const { kernel, stride, padding } = window;
    const attributes = {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    };
    const [output, indices] = g.nodeWithOutputs("MaxPool", [x], [{ shape }, { shape, type: "int64" }], { attributes });
    return { output: output!, saved: indices! };
  },
  gradient: (g, { inputs: [x], saved: indices }, dy) => {
    const shape = fixedShape(x, "The gradient of maxPool");
    const size = elementCount(shape);
    const count = elementCount(fixedShape(dy, "The gradient of maxPool"));
    const zeros = g.node("ConstantOfShape", [g.integers([size])], { shape: [size] });
    // The indices count through the whole flattened tensor.
    const flatIndices = g.node("Reshape", [indices, g.integers([count])], { shape: [count], type: "int64" });
    const flatGradient = g.node("Reshape", [dy, g.integers([count])], { shape: [count] });
    const scattered = g.node("ScatterElements", [zeros, flatIndices, flatGradient], {
      shape: [size],
      attributes: { axis: 0, reduction: "add" },
    });
    return [g.node("Reshape", [scattered, g.integers(shape)], { shape })];
  },
});
