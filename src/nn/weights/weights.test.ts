import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fill } from "../../../test/golden/onnx/fill.ts";
import { UserError } from "../../core/errors.ts";
import { elementCount } from "../../onnx/graph.ts";
import type { NamedTensors } from "../../onnx/tensor.ts";
import { buildNetwork } from "../build.ts";
import { adoptWeights, type Wanted } from "./adoptWeights.ts";
import { spreadOverPlanes } from "./inputChannels.ts";
import { requireVersion } from "./requireVersion.ts";

const golden = new URL("../../../test/golden/nn/torchvision.json", import.meta.url);
const torchvision: { architecture: { name: string }; tensors: Record<string, number[]> }[] = JSON.parse(
  readFileSync(golden, "utf8"),
);

/** A file with the names and shapes of torchvision's own, classifier and counters included; all numbers are one. */
function fileOf(architecture: string): NamedTensors {
  const { tensors } = torchvision.find(({ architecture: { name } }) => name === architecture)!;
  const counters = Object.keys(tensors).filter((name) => name.endsWith("running_var"));
  const shapes: [string, number[]][] = [
    ...Object.entries(tensors),
    ...counters.map((name): [string, number[]] => [name.replace("running_var", "num_batches_tracked"), []]),
    ["fc.weight", [1000, 512]],
    ["fc.bias", [1000]],
  ];
  const ones = new Float32Array(3_000_000).fill(1);
  return Object.fromEntries(
    shapes.map(([name, shape]) => [name, { shape, data: ones.subarray(0, elementCount(shape)) }]),
  );
}

function wantedOf(name: string, options: object = {}, channels = 3): Wanted[] {
  const { net } = buildNetwork(
    { architecture: { name, options }, input: { channels, height: 64, width: 64 } },
    "inference",
    "batch",
  );
  return [...net.parameters, ...net.statistics];
}

const without = (tensors: NamedTensors, ...names: string[]): NamedTensors =>
  Object.fromEntries(Object.entries(tensors).filter(([name]) => !names.includes(name)));

const refusal = (found: NamedTensors, wanted: readonly Wanted[]): string => {
  try {
    adoptWeights(found, wanted, "w.safetensors");
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  throw new Error("It was adopted.");
};

describe("adoptWeights", () => {
  it.each([
    ["resnet50", 265],
    ["resnet18", 100],
  ])("takes torchvision's %s but for classifier and counters; the head stays fresh", (name, count) => {
    const wanted = wantedOf(name);
    const { tensors, adopted, fresh } = adoptWeights(fileOf(name), wanted, "w");
    expect(adopted).toHaveLength(count);
    expect(fresh).toHaveLength(8);
    expect(fresh.every((tensor) => tensor.startsWith("head."))).toBe(true);
    expect([...adopted, ...fresh].sort()).toEqual(wanted.map((tensor) => tensor.name).sort());
    expect(Object.keys(tensors)).toEqual(adopted);
  });

  it("takes a head of ours with the rest, and then wants all of it", () => {
    const wanted = wantedOf("smallcnn");
    const own: NamedTensors = Object.fromEntries(
      wanted.map(({ name, shape }) => [name, { shape, data: fill(name, elementCount(shape)) }]),
    );
    expect(adoptWeights(own, wanted, "w")).toEqual({ tensors: own, adopted: Object.keys(own), fresh: [] });
    expect(refusal(without(own, "head.logit.bias"), wanted)).toBe(
      "w.safetensors does not fit the network: 1 of its 33 tensors are missing (head.logit.bias). Pass the whole file of this very architecture, as torchvision, timm or assay export write it.",
    );
    expect(refusal(own, wantedOf("smallcnn", { headUnits: 32 }))).toMatch(
      /3 have another shape \(head.dense.weight is \[64, 128\] and should be \[32, 128\].*options that these weights were trained with \(width, headUnits\)/,
    );
  });

  it("spreads a first convolution for three planes over the input's", () => {
    const { tensors } = adoptWeights(fileOf("resnet18"), wantedOf("resnet18", {}, 5), "w");
    expect(tensors["conv1.weight"]!.shape).toEqual([64, 5, 7, 7]);
    expect(tensors["conv1.weight"]!.data[0]).toBeCloseTo(3 / 5, 6);
    const five = { "conv1.weight": { shape: [64, 5, 7, 7], data: new Float32Array(64 * 5 * 49) } };
    expect(refusal({ ...fileOf("resnet18"), ...five }, wantedOf("resnet18"))).toMatch(/1 have another shape/);
  });

  it("says which architecture's weights they are, where it knows them", () => {
    expect(refusal(fileOf("resnet18"), wantedOf("resnet50", { version: "v1.5" }))).toMatch(
      /^w\.safetensors does not fit the network: \d+ of its 265 tensors are missing \(layer1\.0\.conv3\.weight.* and \d+ more\); \d+ have another shape \(layer1\.0\.conv1\.weight is \[64, 64, 3, 3\] and should be \[64, 64, 1, 1\].*\)\. It holds the weights of resnet18 at its default options: set "architecture": \{ "name": "resnet18" \}/,
    );
    expect(refusal(fileOf("resnet50"), wantedOf("resnet50", { width: 0.5 }))).toMatch(
      /265 have another shape .* weights of resnet50 at its default options/,
    );
  });

  it("says how many names are missing or unknown, and which", () => {
    const file = fileOf("resnet50");
    const wanted = wantedOf("resnet50");
    expect(refusal(without(file, "bn1.weight", "layer4.2.conv3.weight"), wanted)).toMatch(
      /: 2 of its 265 tensors are missing \(bn1.weight, layer4.2.conv3.weight\)\. Pass the whole file/,
    );
    const more = { ...file, "layer5.0.conv1.weight": file["bn1.weight"]! };
    expect(refusal(without(more, "bn1.weight"), wanted)).toMatch(/1 are unknown \(layer5.0.conv1.weight\)\. Pass the/);
    const other = Object.fromEntries(Object.entries(file).map(([name, tensor]) => [`resnet.${name}`, tensor]));
    expect(refusal(other, wanted)).toMatch(/265 of its 265 .* unknown .*torchvision's or timm's names/);
    expect(refusal({}, wanted)).toMatch(/265 of its 265 tensors are missing/);
  });
});

describe("spreadOverPlanes", () => {
  it("keeps what planes that are alike give: the sum over them, by hand", () => {
    const weight = { shape: [2, 3, 1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, -1, 0, 1, 0, 3, 9) };
    expect(spreadOverPlanes(weight, 1)).toEqual({ shape: [2, 1, 1, 2], data: Float32Array.of(9, 12, 3, 9) });
    const spread = spreadOverPlanes(weight, 4);
    expect(spread.shape).toEqual([2, 4, 1, 2]);
    expect([...spread.data]).toEqual([
      2.25, 3, 2.25, 3, 2.25, 3, 2.25, 3, 0.75, 2.25, 0.75, 2.25, 0.75, 2.25, 0.75, 2.25,
    ]);
  });
});

describe("requireVersion", () => {
  const of = (version: string) => ({ name: "resnet50", options: { version } });

  it("refuses torchvision's weights in v1, and a model of ours in the other version", () => {
    expect(() => requireVersion(undefined, of("v1"), "resnet50.safetensors")).toThrow(
      'resnet50.safetensors is of torchvision\'s kind, which is version v1.5 of resnet50, and the recipe asks for v1, which computes something else with the same tensors. Set "version": "v1.5" in the options of the recipe\'s "architecture".',
    );
    expect(() => requireVersion(of("v1"), of("v1.5"), "best.onnx")).toThrow(/trained as version v1 .*"version": "v1"/);
  });

  it("takes what belongs together, and asks nothing where there is one version", () => {
    requireVersion(undefined, of("v1.5"), "w");
    requireVersion(of("v1"), of("v1"), "w");
    requireVersion(undefined, { name: "resnet18", options: {} }, "w");
  });
});
