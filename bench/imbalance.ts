import { cpus } from "node:os";
import { imbalance } from "../src/imbalance/index.ts";
import type { PriorShift } from "../src/imbalance/plan.ts";
import { createDesign } from "../src/study/design.ts";
import { chooseStrategy, planOf } from "../src/study/job.ts";
import { knownTruth } from "../src/study/knownTruth.ts";
import { syntheticTable } from "../src/study/syntheticTable.ts";

export interface ImbalanceBenchOptions {
  readonly json: boolean;
  readonly vectors: number;
  readonly width: number;
  readonly distance: number;
  readonly ratios: readonly number[];
  readonly seeds: number;
}

/** To reach: mean |p - true posterior| of strategies whose correction is exact. */
const mostError = 0.02;

/** Strategies on two normal distributions whose posterior is known: how far the corrected probabilities are off. */
export async function benchImbalance(options: ImbalanceBenchOptions): Promise<void> {
  const { json, vectors, width, distance, ratios, seeds } = options;
  const lines: object[] = [];
  if (!json)
    console.log(
      `Two normal distributions ${distance} apart in ${width} dimensions, ${vectors.toLocaleString("en")} vectors, ${seeds} draws (${cpus()[0]?.model})\n` +
        `mean |p - true posterior| after prior correction (before it); nothing is calibrated`,
    );
  for (const ratio of ratios) {
    const fake = Math.round(vectors / (1 + ratio));
    const make = (seed: number) => syntheticTable({ real: vectors - fake, fake, width, told: width, distance, seed });
    for (const name of Object.keys(imbalance)) {
      const strategy = chooseStrategy(name);
      const found: Awaited<ReturnType<typeof knownTruth>>[] = [];
      for (let seed = 1; seed <= seeds; seed++) found.push(await knownTruth(make(seed), strategy, ratio, { seed }));
      const mean = (of: (one: (typeof found)[number]) => number) =>
        found.reduce((sum, one) => sum + of(one), 0) / found.length;
      const [error, uncorrected] = [mean((one) => one.error), mean((one) => one.uncorrected)];
      const { members } = planOf({ strategy, ratio, seed: 1, fold: 0 }, createDesign(make(1).samples, 5));
      const shift: PriorShift = members[0]!.priorShift;
      lines.push({ ratio: `1:${ratio}`, name, error, uncorrected, exact: shift.exact, n: found[0]!.n });
      if (json) continue;
      const { train, n } = found[0]!;
      if (name === "none")
        console.log(`1:${ratio}: ${train.real} genuine and ${train.fake} fakes trained on, ${n} judged`);
      const verdict = !shift.exact
        ? `not exact: ${shift.because}`
        : error <= mostError
          ? `at most ${mostError}`
          : `ABOVE ${mostError}`;
      console.log(`  ${name.padEnd(17)} ${error.toFixed(4)} (${uncorrected.toFixed(4)})  ${verdict}`);
    }
  }
  if (json) console.log(JSON.stringify({ schemaVersion: 1, imbalance: { vectors, width, distance, seeds, lines } }));
}
