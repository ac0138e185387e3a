import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { Graph } from "../onnx/graph.ts";
import { flatten, relu, reshape } from "../onnx/operators/index.ts";
import { openBackwardPass } from "./backwardPass.ts";
import { initialTensors, NetworkBuilder } from "./builder.ts";
import { batchNorm, conv2d, dense, dropout } from "./layers.ts";
import { crossEntropy } from "./losses/crossEntropy.ts";
import { buildTrainingGraph } from "./trainingGraph.ts";

const batchSize = 8;
const rng = createRng("backward");
const pictures = rng.fork("pictures");
const batch = {
  x: Float32Array.from({ length: batchSize * 2 * 8 * 8 }, () => pictures.normal()),
  labels: Float32Array.from({ length: batchSize }, (_, row) => row % 2),
  weights: Float32Array.from({ length: batchSize }, (_, row) => row / 3),
};

/** A convolution and a dense layer with dropout; between them, where given, a normalisation that is frozen or learns. */
async function gradients(passes: number, norm?: "frozen" | "learning", given = batch) {
  const rows = batchSize / passes;
  const graph = new Graph();
  const net = new NetworkBuilder(graph, "training", (tensor) => norm === "frozen" && tensor.startsWith("norm"));
  const maps = conv2d(net, "conv", graph.input("x", [rows, 2, 8, 8]), { channels: 4, kernel: 3 });
  const features = relu(graph, norm === undefined ? maps : batchNorm(net, "norm", maps));
  const kept = dropout(net, "dropout", flatten(graph, features), 0.5);
  const logit = reshape(graph, dense(net, "dense", kept, { units: 1 }), { shape: [rows] });
  const perSample = (...[logits, labels]: Parameters<Parameters<typeof buildTrainingGraph>[2]>) =>
    crossEntropy.perSample(graph, logits, labels, { labelSmoothing: 0.1 });
  const network = { graph, net, logit, features };
  buildTrainingGraph(network, rows, perSample, passes);
  const pass = await openBackwardPass(network, { batchSize, passes, threads: 1 });
  const tensors = initialTensors(net, rng.fork("weights"));
  // Twice: the second run must begin with empty sums.
  await pass.run(given, tensors, rng.fork("first"));
  const { loss, gradientNorm, logits } = await pass.run(given, tensors, rng.fork("masks"));
  await pass.release();
  return { figures: [loss, gradientNorm, ...logits, ...pass.gradients.flatMap(({ data }) => [...data])], pass };
}

describe("a step in parts", () => {
  it.each([
    [2, undefined],
    [4, undefined],
    [8, undefined],
    [4, "frozen"],
  ] as const)(
    "%i, normalisation %s: has loss, logits and gradients of the whole batch, weights and dropout included",
    async (passes, norm) => {
      const [whole, parts] = [await gradients(1, norm), await gradients(passes, norm)];
      expect(parts.figures).toHaveLength(whole.figures.length);
      for (const [i, figure] of whole.figures.entries())
        expect(Math.abs(parts.figures[i]! - figure)).toBeLessThan(1e-6);
      expect(Object.keys(parts.pass.statistics)).toEqual([]);
    },
  );

  it("normalises each part by itself, and moves the running statistics with each", async () => {
    // Halves that are alike have the mean m of the whole: one step moves to .1 m, two to .1 (.9 + 1) m.
    const half = batch.x.subarray(0, batch.x.length / 2);
    const alike = { ...batch, x: Float32Array.of(...half, ...half) };
    const [whole, parts] = [await gradients(1, "learning", alike), await gradients(2, "learning", alike)];
    const mean = ({ pass }: typeof whole) => pass.statistics["norm.running_mean"]!.data;
    for (const [i, once] of mean(whole).entries()) expect(mean(parts)[i]).toBeCloseTo(1.9 * once, 6);
    const [other, inParts] = [await gradients(1, "learning"), await gradients(2, "learning")];
    expect(inParts.figures[0]).not.toBeCloseTo(other.figures[0]!, 4);
  });
});
