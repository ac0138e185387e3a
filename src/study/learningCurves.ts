import { UserError } from "../core/errors.ts";
import type { Rng } from "../core/rng.ts";
import type { Label } from "../core/sample.ts";
import { pairedBootstrap } from "../metrics/pairedBootstrap.ts";
import type { CurvePoint } from "../report/compare/comparisonData.ts";
import { type AnswerOptions, answer } from "./answers.ts";
import { rankingStatistics } from "./comparedStatistics.ts";
import { countOf, type Design } from "./design.ts";
import type { Chosen, Job } from "./job.ts";
import type { Asked, StudyLearner } from "./learner.ts";

/** Of a class; the whole is trained already. */
const shares = [0.25, 0.5, 1] as const;
const classes = ["fake", "real"] as const;

export interface CurveOptions {
  readonly strategy: Chosen;
  readonly ratio: number;
  readonly seeds: readonly number[];
}

interface Point {
  readonly label: Label;
  readonly share: number;
  readonly asked: readonly Asked[];
  /** Why it cannot be trained. */
  readonly undefinedBecause?: string;
}

/** What is trained for the curves beside what stands there already. */
export function curveJobs(options: CurveOptions, learner: StudyLearner, design: Design): Job[] {
  return pointsOf(options, learner, design).flatMap(({ share, asked, undefinedBecause }) =>
    share === 1 || undefinedBecause !== undefined ? [] : asked.flatMap((one) => learner.jobsOf(one, design)),
  );
}

/** PR-AUC and ROC-AUC on the test folds with a quarter, a half and all of a class's pictures in train. */
export function learningCurves(
  options: CurveOptions,
  answering: AnswerOptions,
  { rng, replicates }: { readonly rng: Rng; readonly replicates: number },
): Record<"fakes" | "real", CurvePoint[]> {
  const { design, learner } = answering;
  const of = (label: Label) =>
    pointsOf(options, learner, design)
      .filter((point) => point.label === label)
      .map((point): CurvePoint => {
        const n = meanOf(point, design);
        if (point.undefinedBecause !== undefined) {
          const nothing = { undefinedBecause: point.undefinedBecause };
          return { share: point.share, n, rocAuc: nothing, prAuc: nothing };
        }
        const seeds = point.asked.map((asked) => answer(asked, answering).test);
        const { metrics } = pairedBootstrap(
          new Map([["point", seeds]]),
          "point",
          (sample) => {
            const { rocAuc, prAuc } = rankingStatistics(sample, 0);
            return { rocAuc, prAuc };
          },
          { rng: rng.fork("curve"), replicates },
        ).get("point")!;
        return { share: point.share, n, ...metrics };
      });
  return { fakes: of("fake"), real: of("real") };
}

function pointsOf({ strategy, ratio, seeds }: CurveOptions, learner: StudyLearner, design: Design): Point[] {
  return classes.flatMap((label) =>
    shares.map((share): Point => {
      const kept = share === 1 ? {} : { share: { fake: 1, real: 1, [label]: share } };
      const asked = seeds.map((seed) => ({ strategy, ratio, seed, ...kept }));
      if (share < 1 && learner.withoutCurves !== undefined)
        return { label, share, asked, undefinedBecause: learner.withoutCurves };
      try {
        for (const one of asked) learner.jobsOf(one, design);
        return { label, share, asked };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { label, share, asked, undefinedBecause: error.message };
      }
    }),
  );
}

/** Pictures of the class in train, mean over folds and seeds. */
function meanOf({ label, share, asked }: Point, design: Design): number {
  const counts = asked.flatMap(({ seed, ratio }) =>
    Array.from({ length: design.folds }, (_, fold) =>
      Math.max(1, Math.round(share * countOf(design.partsOf(seed, fold, ratio).train, label))),
    ),
  );
  return counts.reduce((sum, n) => sum + n, 0) / counts.length;
}
