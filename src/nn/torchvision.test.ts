import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filledWeights } from "../../test/golden/nn/weights.ts";
import { type Digest, fill, relativeError } from "../../test/golden/onnx/fill.ts";
import { elementCount } from "../onnx/graph.ts";
import { globalAveragePool } from "../onnx/operators/index.ts";
import { createSession } from "../onnx/session.ts";
import { buildNetwork, type NetworkRecipe } from "./build.ts";

interface Case extends NetworkRecipe {
  tensors: Record<string, number[]>;
  pooled: Digest & { shape: [number, number] };
}

const golden = new URL("../../test/golden/nn/torchvision.json", import.meta.url);
const cases: Case[] = JSON.parse(readFileSync(golden, "utf8"));

describe.each(cases)("$architecture.name at full width, against torchvision's own in float64", (entry) => {
  const { net, graph, features } = buildNetwork(entry, "inference", "batch");
  const declared = [...net.parameters, ...net.statistics];

  it("has its tensors, by name and shape, and a head", () => {
    const body = declared.filter(({ name }) => !name.startsWith("head."));
    expect(Object.fromEntries(body.map(({ name, shape }) => [name, shape]))).toEqual(entry.tensors);
  });

  it("has its pooled features", async () => {
    graph.output(globalAveragePool(graph, features!), "pooled");
    const session = await createSession(graph.toModel({ initializers: filledWeights(declared) }));
    const { shape } = entry.pooled;
    const pooled = { shape, data: new Float32Array(elementCount(shape)) };
    const { channels, height, width } = entry.input;
    const x = { shape: [shape[0], channels, height, width], data: fill("x", shape[0] * channels * height * width) };
    await session.run({ x }, { pooled });
    await session.release();
    // Measured: 3.3e-7 and 2.1e-7, against 6e-8 for the rounding of one number.
    expect(relativeError("pooled", pooled.data, entry.pooled)).toBeLessThan(3e-6);
  });
});
