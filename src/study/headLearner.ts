import type { Sample } from "../core/sample.ts";
import { combine, correctPrior, trainedLogits } from "../imbalance/posterior.ts";
import { oddsOf } from "./design.ts";
import { type Head, headLogits, meanHead } from "./head.ts";
import { type HeadRecipe, headRecipe } from "./headTraining.ts";
import { balanced, type Job, keyOf, planOf } from "./job.ts";
import type { Asked, StudyLearner } from "./learner.ts";
import { runJobs } from "./runJobs.ts";
import type { VectorTable } from "./vectorTable.ts";
import type { JobResult } from "./workbench.ts";

/** Heads on the vectors of a table: what a comparison trains unless told otherwise. `workers`: threads; 0: this one. */
export function headLearner(
  table: VectorTable,
  folds: number,
  { recipe = headRecipe, workers }: { readonly recipe?: HeadRecipe; readonly workers?: number | undefined } = {},
): StudyLearner {
  const { samples, width, values } = table;
  const rowOf = new Map(samples.map((sample, i) => [sample, i]));
  return {
    jobsOf: (asked, design) =>
      Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
        const job = jobOf(asked, fold);
        return planOf(job, design).members.map((_, member) => ({ ...job, member }));
      }),

    run: (jobs, journal, running) => runJobs(jobs, { table, folds, recipe }, journal, { workers, ...running }),

    answers(question, fold, design, { done }) {
      const { strategy, ratio, seed } = question;
      const job = jobOf(question, fold);
      const { plan, members } = planOf(job, design);
      const cost = { members: members.length, seconds: 0, rowsSeen: 0, numbersHeld: 0, weights: 0 };
      // The reference is trained at the odds of all fakes, and answers at those of the ratio.
      const moved =
        strategy.name === balanced.name ? Math.log(1 / ratio) - Math.log(oddsOf(design.partsOf(seed, fold).train)) : 0;
      const heads = members.map((_, member) => {
        const key = keyOf({ ...job, member });
        const result = done.get(key) as JobResult | undefined;
        if (result === undefined) throw new RangeError(`The job ${key} was not done.`);
        const head: Head = new Float32Array(Uint8Array.from(Buffer.from(result.head, "base64")).buffer);
        cost.seconds += result.seconds;
        cost.rowsSeen += result.rowsSeen;
        cost.numbersHeld = Math.max(cost.numbersHeld, result.numbersHeld);
        cost.weights += head.length;
        return { head, shift: { logOdds: result.logOdds - moved, exact: true } as const };
      });
      const how = plan.members?.combine ?? "meanLogit";
      const mean = {
        head: meanHead(heads.map(({ head }) => head)),
        shift: {
          logOdds: heads.reduce((sum, { shift }) => sum + shift.logOdds / heads.length, 0),
          exact: true,
        } as const,
      };
      const answering = recipe.units === 0 && how === "meanLogit" ? [mean] : heads;
      return {
        cost,
        of(part: readonly Sample[]) {
          const rows = Int32Array.from(part, (sample) => rowOf.get(sample)!);
          const trained = answering.map(({ head }) =>
            trainedLogits(headLogits(head, recipe.units, values, width, rows)),
          );
          const corrected = trained.map((logits, k) => correctPrior(logits, answering[k]!.shift));
          return {
            trained: combine(
              trained.map((logits) => logits.values),
              how,
            ),
            // A vote at the log odds of the ratio: there a member is undecided.
            corrected: combine(corrected, how, Math.log(1 / ratio)),
          };
        },
      };
    },
  };
}

/** The reference's jobs are the same at every ratio. */
export function jobOf({ strategy, ratio, seed, share }: Asked, fold: number): Omit<Job, "member"> {
  return {
    strategy,
    seed,
    fold,
    ...(strategy.name === balanced.name ? {} : { ratio }),
    ...(share === undefined ? {} : { share }),
  };
}
