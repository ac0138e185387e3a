import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { lookUp } from "../core/table.ts";
import { imbalance } from "../imbalance/index.ts";
import type { ImbalanceStrategy } from "../imbalance/strategy.ts";
import { reliabilityCurve } from "../metrics/calibration.ts";
import { calibrators } from "../metrics/calibrators/index.ts";
import { rank } from "../metrics/ranked.ts";
import {
  type ComparedMetric,
  type ComparedRatio,
  type ComparedStrategy,
  comparedMetrics,
} from "../report/compare/comparisonData.ts";
import { precisionAt, restOf } from "../report/precisionAt.ts";
import { type AnswerOptions, answer, type OutOfFold } from "./answers.ts";
import { countOf, type Design } from "./design.ts";
import { improveSentences } from "./improve.ts";
import { balanced, type Chosen, chooseStrategy, keyOf } from "./job.ts";
import type { Journal } from "./journal.ts";
import { labelNoise } from "./labelNoise.ts";
import type { Running, StudyLearner } from "./learner.ts";
import { curveJobs, learningCurves } from "./learningCurves.ts";
import { type Measured, measureStrategies } from "./measureStrategies.ts";
import { prosAndCons } from "./prosAndCons.ts";
import { recommend } from "./recommend.ts";
import { requireStudy } from "./requireStudy.ts";

/** Genuine pictures for each fake at which the verdict's precision is told. */
const prevalences = [10, 100, 1000] as const;

/** What every other strategy is held against, always among them. */
export const control = "none";

export interface StudyOptions {
  readonly strategies: readonly Chosen[];
  /** Genuine pictures for each fake. */
  readonly ratios: readonly number[];
  readonly seeds: readonly number[];
  readonly folds: number;
  readonly calibration: keyof typeof calibrators;
  /** Highest false-alarm rate of the verdict fake. */
  readonly maxFpr: number;
  /** Alarms of a thousand pictures that reviewers can look at. */
  readonly budget: number;
  readonly replicates?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: string, done: number, of: number) => void) | undefined;
}

/** With more, the curves are the control's: those of an ensemble of a thousand would take longer than the comparison. */
const mostCurveMembers = 20;

/** With the control in front, where it was not named. */
export function withControl(strategies: readonly Chosen[]): readonly Chosen[] {
  return strategies.some(({ name }) => name === control) ? strategies : [chooseStrategy(control), ...strategies];
}

/**
 * All strategies on the same folds, parts and first weights, at every ratio: trained (each job once, the journal
 * knows), measured, one recommended on validation, its learning curves. Nothing is read or written but the journal:
 * the same samples and the same learner, the same answer. Throws UserError (requireStudy.ts) before anything is trained.
 */
export async function runStudy(
  samples: readonly Sample[],
  learner: StudyLearner,
  options: StudyOptions,
  journal: Journal,
): Promise<{ readonly ratios: ComparedRatio[] }> {
  const { ratios, seeds, onProgress = () => {} } = options;
  const strategies = withControl(options.strategies);
  const design = requireStudy(samples, { ...options, strategies });
  const running = (stage: string): Running => ({
    signal: options.signal,
    onProgress: (done, of) => onProgress(stage, done, of),
  });
  const jobs = ratios.flatMap((ratio) =>
    [...strategies, balanced].flatMap((strategy) =>
      seeds.flatMap((seed) => learner.jobsOf({ strategy, ratio, seed }, design)),
    ),
  );
  const distinct = [...new Map(jobs.map((job) => [keyOf(job), job])).values()];
  await learner.run(distinct, journal, running("Training"));

  const { calibration, maxFpr } = options;
  const answering: AnswerOptions = { samples, design, journal, learner, calibrator: calibrators[calibration], maxFpr };
  const compared = [];
  for (const [i, ratio] of ratios.entries()) {
    onProgress("Comparing", i, ratios.length);
    compared.push(compareAt(ratio, strategies, answering, options));
  }
  const curves = compared.map(({ ratio, curveOf }) => ({
    ratio,
    seeds,
    strategy: strategies.find(({ name }) => name === curveOf)!,
  }));
  await learner.run(
    curves.flatMap((curve) => curveJobs(curve, learner, design)),
    journal,
    running("Training for learning curves"),
  );
  return {
    ratios: compared.map(({ finish }, i) => finish(learningCurves(curves[i]!, answering, bootstrapOf(options)))),
  };
}

function bootstrapOf({ replicates = 1000 }: StudyOptions) {
  return { rng: createRng("study/bootstrap"), replicates };
}

/** Everything of one ratio that does not need its learning curves; `finish` adds what does. */
function compareAt(ratio: number, strategies: readonly Chosen[], answering: AnswerOptions, options: StudyOptions) {
  const { seeds } = options;
  const bootstrap = bootstrapOf(options);
  const answers = new Map(
    [...strategies, balanced].map((strategy) => [
      strategy.name,
      seeds.map((seed) => answer({ strategy, ratio, seed }, answering)),
    ]),
  );
  const measured = measureStrategies(answers, control, [balanced.name], {
    ...bootstrap,
    budget: options.budget / 1000,
  });
  const recommended = recommend(answers, measured, control, [balanced.name], bootstrap);
  const chosen = recommended.name ?? control;
  const members = answers.get(chosen)!.reduce((sum, { cost }) => sum + cost.members, 0) / seeds.length;
  const curveOf = members > mostCurveMembers ? control : chosen;
  const of = (name: string) => ({ name, seeds: answers.get(name)!, measured: measured.get(name)! });
  return {
    ratio,
    recommended,
    curveOf,
    finish(curves: ReturnType<typeof learningCurves>): ComparedRatio {
      const noise = noiseOf(answers.get(chosen)!);
      const partial = {
        ratio: `1:${ratio}`,
        prevalence: 1 / (1 + ratio),
        counts: countsAt(ratio, answering.design, options),
        balanced: metricsOf(measured.get(balanced.name)!),
        strategies: strategies.map((strategy) => comparedStrategy(strategy, of(strategy.name), of(control))),
        recommended,
        curves: { of: curveOf, ...curves, labelNoise: noise },
      };
      return { ...partial, improve: improveSentences(partial, curveOf, metricsOf(measured.get(curveOf)!)) };
    },
  };
}

interface Of {
  readonly name: string;
  readonly seeds: readonly OutOfFold[];
  readonly measured: Measured;
}

function comparedStrategy(strategy: Chosen, own: Of, none: Of): ComparedStrategy {
  const { summary, cite, failure } = lookUp(imbalance, "strategy", strategy.name) as ImbalanceStrategy;
  const { test, uncorrected, validation, differences } = own.measured;
  const mean = (what: (cost: OutOfFold["cost"]) => number) =>
    own.seeds.reduce((sum, { cost }) => sum + what(cost), 0) / own.seeds.length;
  return {
    name: strategy.name,
    options: strategy.options,
    summary,
    cite,
    failure,
    metrics: metricsOf(own.measured),
    uncorrected: uncorrected.metrics,
    validation: validation.metrics,
    ...(differences === undefined ? {} : { pairedDifference: pick(differences) }),
    cost: {
      members: mean(({ members }) => members),
      trainSeconds: mean(({ seconds }) => seconds),
      rowsSeen: mean(({ rowsSeen }) => rowsSeen),
      modelBytes: 4 * mean(({ weights }) => weights),
      inferenceMicroseconds: 1e6 * mean(({ inferenceSeconds }) => inferenceSeconds),
      peakMemoryBytes: 4 * Math.max(...own.seeds.map(({ cost }) => cost.numbersHeld)),
    },
    reliability: reliabilityOf(own.seeds),
    // Of the rates of all seeds together: the mean of precisions would be one where a seed raised no false alarm.
    precisionAt: prevalences.map((realPerFake) => ({
      realPerFake,
      precision: precisionAt(test.metrics.recall, restOf(test.metrics.specificity), realPerFake),
    })),
    ...prosAndCons(own.measured, own.seeds, none),
  };
}

const metricsOf = ({ test }: Measured) => pick(test.metrics);

/** The metrics that a report names, without those of its own tables. */
function pick<T>(all: Readonly<Record<ComparedMetric, T>>): Record<ComparedMetric, T> {
  return Object.fromEntries(comparedMetrics.map((name) => [name, all[name]])) as Record<ComparedMetric, T>;
}

/** Of all seeds together. */
function reliabilityOf(seeds: readonly OutOfFold[]): ComparedStrategy["reliability"] {
  const labels = Uint8Array.from(seeds.flatMap(({ test }) => [...test.labels]));
  const probabilities = Float64Array.from(seeds.flatMap(({ test }) => [...test.probabilities]));
  const order = Uint32Array.from(probabilities, (_, i) => i).sort(
    (a, b) => probabilities[b]! - probabilities[a]! || a - b,
  );
  const weights = seeds.flatMap(({ test }) => [...test.weights!]);
  const ranked = { ...rank({ labels, probabilities }), weights: Float64Array.from(order, (i) => weights[i]!) };
  return reliabilityCurve(ranked);
}

/** From the mean probability of the seeds. */
function noiseOf(seeds: readonly OutOfFold[]) {
  const [{ test }] = seeds as [OutOfFold];
  const means = test.probabilities.map(
    (_, i) => seeds.reduce((sum, { test }) => sum + test.probabilities[i]!, 0) / seeds.length,
  );
  return labelNoise(test.labels, means);
}

/** Mean counts over folds and seeds. */
function countsAt(ratio: number, design: Design, { seeds }: StudyOptions): ComparedRatio["counts"] {
  const all = seeds.flatMap((seed) =>
    Array.from({ length: design.folds }, (_, fold) => design.partsOf(seed, fold, ratio)),
  );
  const mean = (part: keyof (typeof all)[number], label: "real" | "fake") =>
    all.reduce((sum, parts) => sum + countOf(parts[part], label), 0) / all.length;
  const both = (part: keyof (typeof all)[number]) => ({ real: mean(part, "real"), fake: mean(part, "fake") });
  return {
    train: both("train"),
    validation: both("validation"),
    calibration: both("calibration"),
    test: both("test"),
  };
}
