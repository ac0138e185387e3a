import { describe, expect, it } from "vitest";
import { fill } from "../../test/golden/onnx/fill.ts";
import { blockWidth } from "./blockWidth.ts";
import { gradient } from "./gradient.ts";
import { elementCount, Graph, type Value } from "./graph.ts";
import { inLayout } from "./layout.ts";
import { add, conv, exp, mul, reduceMean, reduceSum, relu } from "./operators/index.ts";
import { createSession } from "./session.ts";
import type { NamedTensors } from "./tensor.ts";

/** The numbers of each value. */
async function compute(g: Graph, values: readonly Value[], feeds: NamedTensors): Promise<number[][]> {
  for (const [i, value] of values.entries()) g.output(value, `out ${i}`);
  const session = await createSession(g.toModel(), { threads: 1 });
  const rows = Object.values(feeds)[0]!.shape[0]!;
  const fetches = Object.fromEntries(
    values.map(({ shape }, i) => {
      const lengths = shape.map((length) => (length === "batch" ? rows : length));
      return [`out ${i}`, { shape: lengths, data: new Float32Array(lengths.reduce((a, b) => a * b, 1)) }];
    }),
  );
  await session.run(feeds, fetches);
  await session.release();
  return Object.values(fetches).map(({ data }) => [...data]);
}

describe("gradient", () => {
  it("adds up what comes back along several paths", async () => {
    const g = new Graph();
    const x = g.input("x", [3]);
    const y = add(g, mul(g, x, x), x); // x^2 + x
    const [dx] = gradient(g, reduceSum(g, mul(g, y, x), {}), [x]); // x^3 + x^2 -> 3 x^2 + 2 x
    const [numbers] = await compute(g, [dx!], { x: { shape: [3], data: Float32Array.of(1, 2, -1) } });
    expect(numbers).toEqual([5, 16, 1]);
  });

  it("is the same in blocked layout where paths meet at convolutions, sums and a value that is asked for", async () => {
    const block = await blockWidth();
    const [x, w1, w2] = (
      [
        ["x", [2, 32, 5, 4]],
        ["w1", [32, 32, 3, 3]],
        ["w2", [32, 32, 1, 1]],
      ] as const
    ).map(([name, shape]) => ({ shape, data: fill(name, elementCount(shape), -0.2, 0.2) }));
    const numbers = async (width: number) => {
      const g = new Graph({ block: width });
      const input = g.input("x", x!.shape);
      const [first, second] = [g.input("w1", w1!.shape), g.input("w2", w2!.shape)];
      const start = inLayout(g, input, width > 0 ? "blocked" : "plain");
      const a = conv(g, start, first, { stride: 1, padding: 1 });
      const b = add(g, a, start); // its gradient goes to both as it is
      const c = add(
        g,
        conv(g, b, second, { stride: 1, padding: 0 }),
        conv(g, start, second, { stride: 1, padding: 0 }),
      );
      const d = conv(g, c, first, { stride: 1, padding: 1 });
      const loss = reduceSum(g, mul(g, d, c), {});
      const found = gradient(g, loss, [input, first, second, c, a]).map((value) => inLayout(g, value, "plain"));
      return compute(g, found, { x: x!, w1: w1!, w2: w2! });
    };
    const [plain, blocked] = [await numbers(0), await numbers(block)];
    for (const [i, expected] of plain.entries())
      for (const [k, number] of expected.entries()) expect(blocked[i]![k]).toBeCloseTo(number, 4);
  });

  it("gives each row its own where the batch is symbolic", async () => {
    const g = new Graph();
    const x = g.input("x", ["batch", 2, 1, 1]);
    const y = exp(g, reduceMean(g, x, { axes: [1, 2, 3] })); // [batch]
    const [dx] = gradient(g, y, [x]);
    expect(dx!.shape).toEqual(["batch", 2, 1, 1]);
    const [numbers] = await compute(g, [dx!], { x: { shape: [3, 2, 1, 1], data: Float32Array.of(0, 0, 2, 2, -1, 1) } });
    for (const [i, expected] of [0.5, 0.5, Math.exp(2) / 2, Math.exp(2) / 2, 0.5, 0.5].entries())
      expect(numbers![i]).toBeCloseTo(expected, 5);
  });

  it("stops at a value in the middle of the graph", async () => {
    const g = new Graph();
    const x = g.input("x", [2]);
    const middle = relu(g, x);
    const [dMiddle] = gradient(g, reduceSum(g, mul(g, middle, middle), {}), [middle]);
    const [numbers] = await compute(g, [dMiddle!], { x: { shape: [2], data: Float32Array.of(3, -1) } });
    expect(numbers).toEqual([6, 0]);
  });

  it("names the operator that has none", () => {
    const g = new Graph();
    const x = g.input("x", [2]);
    const sine = g.node("Sin", [x], { shape: [2] });
    expect(() => gradient(g, reduceSum(g, mul(g, sine, sine), {}), [x])).toThrow(/The operator Sin has no gradient/);
  });

  it("says when nothing depends on the value", () => {
    const g = new Graph();
    const [x, y] = [g.input("x", [2]), g.input("y", [2])];
    expect(() => gradient(g, reduceSum(g, x, {}), [y])).toThrow(/The loss does not depend on y: it would never learn/);
  });

  it("asks for a fixed batch where a kernel needs one", () => {
    const g = new Graph();
    const x = g.input("x", ["batch", 1, 4, 4]);
    const w = g.input("w", [1, 1, 3, 3]);
    expect(() => gradient(g, reduceSum(g, conv(g, x, w, { stride: 1, padding: 1 }), {}), [w])).toThrow(/fixed batch/);
  });

  it("refuses a bare node that would read blocked numbers as plain ones", () => {
    const g = new Graph({ block: 16 });
    const x = inLayout(g, g.input("x", [1, 16, 2, 2]), "blocked");
    expect(() => g.node("Sin", [x], { shape: x.shape })).toThrow(/Sin would read .* blocked.*operator\(/);
  });
});
