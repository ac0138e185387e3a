import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lookUp, parseOptions } from "../../core/table.ts";
import { optimizers } from "./index.ts";
import type { Optimizer } from "./optimizer.ts";

interface Golden {
  initial: number[][];
  rates: number[];
  /** [steps][parameters][numbers] */
  gradients: number[][][];
  cases: { name: string; options: object; after: number[][][] }[];
}

const file = new URL("../../../test/golden/nn/optimizers.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

describe("20 steps, against PyTorch in float64", () => {
  it.each(golden.cases.map((entry) => ({ ...entry, title: `${entry.name} ${JSON.stringify(entry.options)}` })))(
    "$title",
    ({ name, options, after }) => {
      const optimizer: Optimizer = lookUp(optimizers, "optimizer", name);
      const parameters = golden.initial.map((data, i) => ({ name: `w${i}`, data: Float32Array.from(data) }));
      const run = optimizer.create(parameters, parseOptions(optimizer, name, options));
      for (const [step, gradients] of golden.gradients.entries()) {
        run.step(
          gradients.map((gradient) => Float32Array.from(gradient)),
          golden.rates[step]!,
        );
        const expected = after[step]!.flat();
        const own = parameters.flatMap(({ data }) => [...data]);
        for (const [i, number] of own.entries())
          expect(Math.abs(number - expected[i]!), `step ${step + 1}, number ${i}`).toBeLessThan(
            2e-6 * Math.max(1, Math.abs(expected[i]!)),
          );
      }
      expect(run.state().step).toBe(golden.gradients.length);
    },
  );
});

describe("load", () => {
  const parameter = { name: "w", data: Float32Array.of(1, 2) };
  const create = (optimizer: Optimizer) => optimizer.create([parameter], parseOptions(optimizer, "it", {}));

  it("refuses the state of another optimizer with a sentence", () => {
    expect(() => create(optimizers.sgd).load(create(optimizers.adam).state())).toThrow(
      "The optimizer's saved state does not fit this run: of 1 tensors 1 are missing or of another size, and 2 are unknown (first: velocity/w).",
    );
  });

  it("refuses a tensor of another size", () => {
    const slots = { "m/w": new Float32Array(2), "v/w": new Float32Array(3) };
    expect(() => create(optimizers.adam).load({ step: 1, slots })).toThrow("(first: v/w)");
  });
});
