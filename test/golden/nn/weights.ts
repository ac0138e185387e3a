import { elementCount } from "../../../src/onnx/graph.ts";
import type { NamedTensors } from "../../../src/onnx/tensor.ts";
import { fill } from "../onnx/fill.ts";

/** The weights of networks.py and torchvision.py: He's uniform rule, scales and variances around 1, the rest around 0. */
export function filledWeights(tensors: readonly { name: string; shape: readonly number[] }[]): NamedTensors {
  return Object.fromEntries(
    tensors.map(({ name, shape }) => {
      const limit = shape.length > 1 ? Math.sqrt(6 / elementCount(shape.slice(1))) : 0.2;
      const around = shape.length === 1 && /(weight|running_var)$/.test(name) ? 1 : 0;
      return [name, { shape, data: fill(name, elementCount(shape), around - limit, around + limit) }];
    }),
  );
}
