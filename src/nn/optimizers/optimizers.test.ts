import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lookUp, parseOptions } from "../../core/table.ts";
import { optimizers } from "./index.ts";
import type { Optimizer } from "./optimizer.ts";
import { runOptimizer } from "./runOptimizer.ts";

interface Golden {
  initial: number[][];
  rates: number[];
  /** [steps][parameters][numbers] */
  gradients: number[][][];
  cases: { name: string; options: object; groups: { rateFactor?: number; decays?: boolean }[]; after: number[][][] }[];
}

const file = new URL("../../../test/golden/nn/optimizers.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

describe("20 steps, against PyTorch in float64", () => {
  it.each(golden.cases.map((entry) => ({ ...entry, title: `${entry.name} ${JSON.stringify(entry.options)}` })))(
    "$title",
    ({ name, options, groups, after }) => {
      const optimizer: Optimizer = lookUp(optimizers, "optimizer", name);
      const parameters = golden.initial.map((data, i) => ({
        name: `w${i}`,
        shape: [data.length],
        data: Float32Array.from(data),
        ...groups[i],
      }));
      const run = runOptimizer(optimizer, parameters, parseOptions(optimizer, name, options));
      for (const [step, gradients] of golden.gradients.entries()) {
        run.step(
          gradients.map((gradient) => ({ shape: [gradient.length], data: Float32Array.from(gradient) })),
          golden.rates[step]!,
        );
        const expected = after[step]!.flat();
        const own = parameters.flatMap(({ data }) => [...data]);
        for (const [i, number] of own.entries())
          expect(Math.abs(number - expected[i]!), `step ${step + 1}, number ${i}`).toBeLessThan(
            2e-6 * Math.max(1, Math.abs(expected[i]!)),
          );
      }
      expect(run.steps).toBe(golden.gradients.length);
    },
  );
});
