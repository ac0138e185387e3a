import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pictures } from "../../../test/golden/nn/pictures.ts";
import { filledWeights } from "../../../test/golden/nn/weights.ts";
import { type Digest, fill, relativeError } from "../../../test/golden/onnx/fill.ts";
import { blockWidth } from "../../onnx/blockWidth.ts";
import { elementCount } from "../../onnx/graph.ts";
import { createSession } from "../../onnx/session.ts";
import { buildNetwork, type NetworkRecipe } from "../build.ts";
import { exportModel } from "../exportModel.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { buildTrainingGraph, gradientName, nextName } from "../trainingGraph.ts";

interface Golden extends NetworkRecipe {
  mapWeight: number;
  logits: number[];
  map: Digest & { shape: number[] };
  loss: number;
  gradients: Record<string, Digest>;
  statistics: Record<string, Digest>;
}

const goldens: Golden[] = JSON.parse(
  readFileSync(new URL("../../../test/golden/nn/tracenet.json", import.meta.url), "utf8"),
);
const empty = (shape: readonly number[]) => ({ shape, data: new Float32Array(elementCount(shape)) });

describe.each(goldens)("tracenet, against PyTorch in float64: $architecture.options.channels", (golden) => {
  const rows = golden.logits.length;
  const { parameters, statistics } = buildNetwork(golden, "inference", "batch").net;
  const tensors = filledWeights([...parameters, ...statistics]);

  it.each(["portable", "blocked"])("has its loss over rows and cells, and every gradient: %s", async (layout) => {
    const network = buildNetwork(golden, "training", rows, { block: layout === "blocked" ? await blockWidth() : 0 });
    const { graph } = network;
    const choices = crossEntropy.options.parse({});
    buildTrainingGraph(network, rows, (z, y) => crossEntropy.perSample(graph, z, y, choices), 1, golden.mapWeight);
    const map = golden.map.shape;
    const count = elementCount(map);
    const fetches = Object.fromEntries(graph.outputs.map(({ name, shape }) => [name, empty(shape as number[])]));
    const session = await createSession(graph.toModel());
    await session.run(
      {
        ...tensors,
        x: pictures(rows, golden.input),
        labels: { shape: [rows], data: Float32Array.from({ length: rows }, (_, i) => i % 2) },
        sampleWeights: { shape: [rows], data: fill("weights", rows, 0.5, 2) },
        cells: { shape: map, data: fill("edited", count).map((value) => (value > 0 ? 1 : 0)) },
        cellWeights: { shape: map, data: fill("cellWeights", count, 0, 1) },
      },
      fetches,
    );
    await session.release();
    expect(Math.abs(fetches.loss!.data[0]! / golden.loss - 1)).toBeLessThan(1e-5);
    expect(parameters.map(({ name }) => name).sort()).toEqual(Object.keys(golden.gradients).sort());
    const error = (name: string, output: string, digest: Digest) => relativeError(name, fetches[output]!.data, digest);
    for (const [name, digest] of Object.entries(golden.gradients))
      expect(error(`d/${name}`, gradientName(name), digest), name).toBeLessThan(1e-3);
    for (const [name, digest] of Object.entries(golden.statistics))
      expect(error(`s/${name}`, nextName(name), digest), name).toBeLessThan(1e-4);
  });

  it("exports its logits, its map and the map's probabilities", async () => {
    const session = await createSession(exportModel(golden, tensors));
    const [logit, map, heatMap] = [empty([rows]), empty(golden.map.shape), empty(golden.map.shape)];
    await session.run({ x: pictures(rows, golden.input) }, { logit, map, heatMap });
    await session.release();
    for (const [i, expected] of golden.logits.entries()) expect(logit.data[i]).toBeCloseTo(expected, 4);
    expect(relativeError("map", map.data, golden.map)).toBeLessThan(1e-5);
    for (const [i, cell] of map.data.entries()) expect(heatMap.data[i]).toBeCloseTo(1 / (1 + Math.exp(-cell)), 5);
  });
});
