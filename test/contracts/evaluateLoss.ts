import { lookUp, parseOptions } from "../../src/core/table.ts";
import { losses } from "../../src/nn/losses/index.ts";
import type { Loss } from "../../src/nn/losses/loss.ts";
import { gradient } from "../../src/onnx/gradient.ts";
import { Graph } from "../../src/onnx/graph.ts";
import { createSession } from "../../src/onnx/session.ts";

/** A loss of each row and its gradient by the row's logit, as ONNX Runtime computes them in float32. */
export async function evaluateLoss(
  name: string,
  options: object,
  logits: readonly number[],
  labels: readonly number[],
) {
  const loss: Loss = lookUp(losses, "loss", name);
  const shape = [logits.length];
  const g = new Graph();
  const [z, y] = [g.input("logits", shape), g.input("labels", shape)];
  const perSample = loss.perSample(g, z, y, parseOptions(loss, name, options));
  g.output(perSample, "losses");
  g.output(gradient(g, perSample, [z])[0]!, "gradients");
  const session = await createSession(g.toModel(), { threads: 1 });
  const fetches = {
    losses: { shape, data: new Float32Array(logits.length) },
    gradients: { shape, data: new Float32Array(logits.length) },
  };
  const tensor = (numbers: readonly number[]) => ({ shape, data: Float32Array.from(numbers) });
  await session.run({ logits: tensor(logits), labels: tensor(labels) }, fetches);
  await session.release();
  return { shape: perSample.shape, losses: fetches.losses.data, gradients: fetches.gradients.data };
}
