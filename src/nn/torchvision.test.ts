import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filledWeights } from "../../test/golden/nn/weights.ts";
import { type Digest, fill, relativeError } from "../../test/golden/onnx/fill.ts";
import { blockWidth } from "../onnx/blockWidth.ts";
import { elementCount } from "../onnx/graph.ts";
import { globalAveragePool } from "../onnx/operators/index.ts";
import { createSession } from "../onnx/session.ts";
import { type BuiltNetwork, buildNetwork, type NetworkRecipe } from "./build.ts";

interface Case extends NetworkRecipe {
  tensors: Record<string, number[]>;
  pooled: Digest & { shape: [number, number] };
}

const golden = new URL("../../test/golden/nn/torchvision.json", import.meta.url);
const cases: Case[] = JSON.parse(readFileSync(golden, "utf8"));

describe.each(cases)("$architecture.name at full width, against torchvision's own in float64", (entry) => {
  it("has its tensors, by name and shape, and a head", () => {
    const body = tensorsOf(buildNetwork(entry, "inference", "batch")).filter(({ name }) => !name.startsWith("head."));
    expect(Object.fromEntries(body.map(({ name, shape }) => [name, shape]))).toEqual(entry.tensors);
  });

  it.each(["portable", "blocked"])("has its pooled features: %s", async (layout) => {
    const block = layout === "blocked" ? await blockWidth() : 0;
    const network = buildNetwork(entry, "inference", "batch", { block });
    const { graph, features } = network;
    graph.output(globalAveragePool(graph, features!), "pooled");
    const session = await createSession(graph.toModel({ initializers: filledWeights(tensorsOf(network)) }));
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

function tensorsOf({ net }: BuiltNetwork) {
  return [...net.parameters, ...net.statistics];
}
