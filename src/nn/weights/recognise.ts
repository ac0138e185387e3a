import { sameShape } from "../../onnx/graph.ts";
import type { NamedTensors } from "../../onnx/tensor.ts";
import { architectures } from "../architectures/index.ts";
import { buildNetwork } from "../build.ts";
import { isHead } from "./names.ts";

/** The architecture whose tensors, below the head and with its default options, all stand here; for an error's next step. */
export function recogniseArchitecture(found: NamedTensors): string | undefined {
  return Object.keys(architectures).find((name) => {
    const recipe = { architecture: { name, options: {} }, input: { channels: 3, height: 64, width: 64 } };
    const { net } = buildNetwork(recipe, "inference", "batch");
    const body = [...net.parameters, ...net.statistics].filter((tensor) => !isHead(tensor.name));
    const isThere = (tensor: { name: string; shape: readonly number[] }) => {
      const shape = found[tensor.name]?.shape;
      return shape !== undefined && sameShape(shape, tensor.shape);
    };
    return body.length > 0 && body.every(isThere);
  });
}
