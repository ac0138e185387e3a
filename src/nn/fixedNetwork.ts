import { createSession } from "../onnx/session.ts";
import type { NamedTensors } from "../onnx/tensor.ts";
import type { NetworkRecipe } from "./build.ts";
import { exportModel } from "./exportModel.ts";

/** A network whose weights stay: it answers, and learns nothing. */
export interface FixedNetwork {
  /** x [rows, channels, height, width] -> logits [rows] */
  predict(x: Float32Array, rows: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/** `tensors`: at least those of the network. */
export async function openFixedNetwork(
  recipe: NetworkRecipe,
  tensors: NamedTensors,
  { threads }: { readonly threads?: number } = {},
): Promise<FixedNetwork> {
  const model = exportModel(recipe, tensors, {}, { heatMap: false });
  const session = await createSession(model, threads === undefined ? {} : { threads });
  const { channels, height, width } = recipe.input;
  return {
    async predict(x, rows) {
      const { logit } = await session.compute({ x: { data: x, shape: [rows, channels, height, width] } }, ["logit"]);
      return logit!.data;
    },
    release: () => session.release(),
  };
}
