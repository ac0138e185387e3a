import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Digest, fill, relativeError } from "../../../test/golden/onnx/fill.ts";
import { blockWidth } from "../blockWidth.ts";
import { gradient } from "../gradient.ts";
import { elementCount, Graph, type Value } from "../graph.ts";
import { canBlock, toBlocked, toPlain } from "../layout.ts";
import { createSession } from "../session.ts";
import type { TensorData } from "../tensor.ts";
import {
  type ConvolutionShape,
  chooseInputGradient,
  chooseWeightGradient,
  inputGradientKernels,
  weightGradientKernels,
} from "./convolution/kernels.ts";
import * as operators from "./index.ts";
import { pooledLength } from "./window.ts";

interface Case {
  operator: string;
  shapes: number[][];
  ranges: [number, number][];
  attributes: Record<string, unknown>;
  output: Digest & { shape: number[] };
  gradients: Digest[];
}

const golden = new URL("../../../test/golden/onnx/operators.json", import.meta.url);
const cases: Case[] = JSON.parse(readFileSync(golden, "utf8"));
const cancels = 1e-4;

const block = await blockWidth();
const layouts = [
  { layout: "plain", block: 0 },
  { layout: "blocked", block },
];

describe.each(layouts)("every operator on $layout tensors, against PyTorch in float64", ({ block }) => {
  it.each(cases.map((entry, i) => ({ i, entry, title: title(entry) })))("$i $title", async ({ i, entry }) => {
    const { y, gradients } = await evaluate(entry, operandsOf(entry, i), `${i}`, entry.attributes, block);
    expect(y.shape).toEqual(entry.output.shape);
    expect(relativeError(`${i}/y`, y.data, entry.output)).toBeLessThan(2e-6 + tolerance(entry));
    for (const [k, expected] of entry.gradients.entries())
      expect(relativeError(`${i}/d${k}`, gradients[k]!.data, expected), `gradient of input ${k}`).toBeLessThan(
        2e-6 + tolerance(entry),
      );
  });

  it("has a case for each", () => {
    const withoutOwn = ["channelMoments"]; // part of every batchNormalization case
    const missing = Object.keys(operators).filter((name) => !cases.some((entry) => entry.operator === name));
    expect(missing).toEqual(withoutOwn);
  });
});

describe("every operator, against central differences", () => {
  // The slope of the loss along a random direction, from two runs forward: knows nothing of the gradient's code.
  it.each(cases.map((entry, i) => ({ i, entry, title: title(entry) })))("$i $title", async ({ i, entry }) => {
    const operands = operandsOf(entry, i);
    const { y, gradients } = await evaluate(entry, operands, `${i}`, entry.attributes);
    const dy = fill(`${i}/dy`, y.data.length);
    for (const [k, own] of gradients.entries()) {
      const direction = fill(`${i}/direction${k}`, own.data.length);
      const step = 2e-3;
      const loss = async (sign: number) => {
        const moved = operands.map((operand, j) =>
          j === k ? { ...operand, data: operand.data.map((x, n) => x + sign * step * direction[n]!) } : operand,
        );
        return dot((await evaluate(entry, moved, `${i}`, entry.attributes)).y.data, dy);
      };
      const slope = ((await loss(1)) - (await loss(-1))) / (2 * step);
      // Kinks (ReLU, maximum) that lie within the step, and rounding of the loss, bound what differences can show.
      const scale = norm(own.data) * norm(direction) + 1e-3 * norm(y.data) * norm(dy);
      expect(Math.abs(slope - dot(own.data, direction)) / scale, `input ${k}`).toBeLessThan(5e-3);
    }
  });
});

describe("the kernels of a convolution's gradients", () => {
  const convolutions = cases.flatMap((entry, i) =>
    entry.operator === "conv" ? [{ i, entry, title: title(entry) }] : [],
  );

  it("are all chosen by some case", () => {
    const shapes = convolutions.map(({ entry }) => convolutionShape(entry));
    const chosen = shapes.flatMap((shape) =>
      (["plain", "blocked"] as const).map((l) => chooseWeightGradient(shape, l)),
    );
    expect(new Set(chosen)).toEqual(new Set(weightGradientKernels));
    expect(
      new Set(shapes.flatMap((shape) => (["plain", "blocked"] as const).map((l) => chooseInputGradient(shape, l)))),
    ).toEqual(new Set(inputGradientKernels));
  });

  it.each(convolutions)("agree on $title, whichever is chosen", async ({ i, entry }) => {
    for (const weightGradient of weightGradientKernels) {
      const { gradients } = await evaluate(entry, operandsOf(entry, i), `${i}`, {
        ...entry.attributes,
        weightGradient,
      });
      expect(relativeError(`${i}/d1`, gradients[1]!.data, entry.gradients[1]!), weightGradient).toBeLessThan(2e-6);
    }
    const { gradients } = await evaluate(entry, operandsOf(entry, i), `${i}`, {
      ...entry.attributes,
      inputGradient: "transposed",
    });
    expect(relativeError(`${i}/d0`, gradients[0]!.data, entry.gradients[0]!)).toBeLessThan(2e-6);
  });
});

function title({ operator, shapes, attributes }: Case): string {
  return `${operator} ${shapes.map((shape) => `[${shape}]`).join(" ")} ${JSON.stringify(attributes)}`;
}

/** E[x^2] - mean^2 loses digits where the mean is far from 0. */
function tolerance({ operator, ranges }: Case): number {
  return operator === "batchNormalization" && ranges[0]![0] > 0 ? cancels : 0;
}

function operandsOf({ shapes, ranges }: Case, i: number): TensorData[] {
  return shapes.map((shape, k) => ({ shape, data: fill(`${i}/${k}`, elementCount(shape), ...ranges[k]!) }));
}

/** The operator's output, and the gradient of sum(y dy) by each input. */
async function evaluate(
  entry: Case,
  operands: TensorData[],
  seed: string,
  attributes: Record<string, unknown>,
  block = 0,
) {
  const g = new Graph({ block });
  const inputs = operands.map(({ shape }, k) => g.input(`input ${k}`, shape));
  const given = inputs.map((input, k) => (canBlock(g, input) && isActivation(entry, k) ? toBlocked(g, input) : input));
  const y = toPlain(g, apply(g, entry.operator, given, attributes));
  const dy = g.input("dy", y.shape);
  const loss = operators.reduceSum(g, operators.mul(g, y, dy), {});
  const gradients = gradient(g, loss, inputs.slice(0, entry.gradients.length));
  g.output(y, "y");
  for (const [k, value] of gradients.entries()) g.output(value, `gradient ${k}`);
  const empty = ({ shape }: Value): TensorData => {
    const lengths = shape.map(Number);
    return { shape: lengths, data: new Float32Array(elementCount(lengths)) };
  };
  const session = await createSession(g.toModel(), { threads: 1 });
  const fetches = Object.fromEntries([
    ["y", empty(y)],
    ...gradients.map((value, k) => [`gradient ${k}`, empty(value)]),
  ]);
  const feeds = Object.fromEntries([
    ["dy", { shape: empty(y).shape, data: fill(`${seed}/dy`, empty(y).data.length) }],
    ...operands.map((operand, k) => [`input ${k}`, operand]),
  ]);
  await session.run(feeds, fetches);
  await session.release();
  return { y: fetches.y!, gradients: gradients.map((_, k) => fetches[`gradient ${k}`]!) };
}

/** Weights of a convolution are plain in every graph. */
function isActivation({ operator }: Case, operand: number): boolean {
  return operator !== "conv" || operand === 0;
}

function apply(g: Graph, name: string, inputs: Value[], attributes: Record<string, unknown>): Value {
  const table = operators as unknown as Record<string, (g: Graph, ...operands: unknown[]) => Value>;
  if (name === "batchNormalization") {
    const [x, scale, shift, ...plus] = inputs;
    const { mean, variance } = operators.channelMoments(g, x!);
    return table[name]!(g, x, scale, shift, mean, variance, ...plus, attributes);
  }
  const plain = Object.keys(attributes).length === 0 && !name.startsWith("reduce");
  return table[name]!(g, ...inputs, ...(plain ? [] : [attributes]));
}

function convolutionShape({ shapes, attributes }: Case): ConvolutionShape {
  const [batch, inputChannels, height, width] = shapes[0] as [number, number, number, number];
  const [outputChannels, , kernel] = shapes[1] as [number, number, number, number];
  const { stride, padding } = attributes as { stride: number; padding: number };
  const output = (length: number) => pooledLength(length, { kernel, stride, padding });
  const sizes = { height, width, outputHeight: output(height), outputWidth: output(width) };
  return { batch, inputChannels, outputChannels, kernel, stride, padding, ...sizes };
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}
