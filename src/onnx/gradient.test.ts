import { describe, expect, it } from "vitest";
import { gradient } from "./gradient.ts";
import { Graph, type Value } from "./graph.ts";
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
    expect(() => gradient(g, reduceSum(g, x, {}), [y])).toThrow(/does not depend on y/);
  });

  it("asks for a fixed batch where a kernel needs one", () => {
    const g = new Graph();
    const x = g.input("x", ["batch", 1, 4, 4]);
    const w = g.input("w", [1, 1, 3, 3]);
    expect(() => gradient(g, reduceSum(g, conv(g, x, w, { stride: 1, padding: 1 }), {}), [w])).toThrow(/fixed batch/);
  });
});
