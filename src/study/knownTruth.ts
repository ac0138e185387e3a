import type { Label } from "../core/sample.ts";
import { combine, correctPrior, trainedLogits } from "../imbalance/posterior.ts";
import { sigmoid } from "../metrics/scores.ts";
import { createDesign } from "./design.ts";
import { type Head, headLogits } from "./head.ts";
import { type HeadRecipe, headRecipe } from "./headTraining.ts";
import { type Chosen, planOf } from "./job.ts";
import type { SyntheticTable } from "./syntheticTable.ts";
import { openWorkbench } from "./workbench.ts";

export interface TruthFigures {
  /** Mean |p - exact posterior| on pictures that the model did not see. */
  readonly error: number;
  /** The same without the prior correction. */
  readonly uncorrected: number;
  /** Pictures of the train part. */
  readonly train: Readonly<Record<Label, number>>;
  /** Pictures that were judged. */
  readonly n: number;
}

/** A strategy on a table whose posterior is known, prior corrected and nothing calibrated: what correction alone does. */
export async function knownTruth(
  table: SyntheticTable,
  strategy: Chosen,
  realPerFake: number,
  { seed = 1, recipe = headRecipe }: { readonly seed?: number; readonly recipe?: HeadRecipe } = {},
): Promise<TruthFigures> {
  const folds = 5;
  const design = createDesign(table.samples, folds);
  const bench = openWorkbench({ table, folds, recipe });
  try {
    const job = { strategy, ratio: realPerFake, seed, fold: 0 };
    const { plan, members } = planOf(job, design);
    const { train, test } = design.partsOf(seed, 0, realPerFake);
    const judged = new Set(test);
    const rows = table.samples.flatMap((sample, i) => (judged.has(sample) ? [i] : []));
    const [corrected, before]: Float64Array[][] = [[], []];
    for (let member = 0; member < members.length; member++) {
      const { head, logOdds } = await bench.work({ ...job, member });
      const numbers: Head = new Float32Array(Uint8Array.from(Buffer.from(head, "base64")).buffer);
      const logits = headLogits(numbers, recipe.units, table.values, table.width, rows);
      corrected!.push(correctPrior(trainedLogits(logits), { logOdds, exact: true }));
      before!.push(logits);
    }
    const how = plan.members?.combine ?? "meanLogit";
    const truth = table.posterior(realPerFake);
    const errorOf = (logits: Float64Array) =>
      logits.reduce((sum, z, i) => sum + Math.abs(sigmoid(z) - truth[rows[i]!]!), 0) / rows.length;
    const fakes = train.filter(({ label }) => label === "fake").length;
    return {
      error: errorOf(combine(corrected!, how)),
      uncorrected: errorOf(combine(before!, how)),
      train: { real: train.length - fakes, fake: fakes },
      n: rows.length,
    };
  } finally {
    await bench.close();
  }
}
