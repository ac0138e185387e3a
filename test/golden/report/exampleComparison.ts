import type { Estimate } from "../../../src/core/estimate.ts";
import { createRng, type Rng } from "../../../src/core/rng.ts";
import { imbalance } from "../../../src/imbalance/index.ts";
import type { ReliabilityBin } from "../../../src/metrics/calibration.ts";
import {
  type ComparedMetric,
  type ComparedRatio,
  type ComparedStrategy,
  type ComparisonData,
  type CurvePoint,
  comparedMetrics,
  type PairedDifference,
} from "../../../src/report/compare/comparisonData.ts";

type Name = keyof typeof imbalance;

/** ROC-AUC, PR-AUC and the calibration error before correction, at 1:10 and at 1:100; seconds and members. */
const made: Readonly<Record<Name, readonly [number, number, number, number, number, number, number, number]>> = {
  none: [0.861, 0.512, 0.021, 0.792, 0.141, 0.012, 3.1, 1],
  classWeights: [0.866, 0.523, 0.243, 0.803, 0.152, 0.381, 3.2, 1],
  focal: [0.858, 0.507, 0.118, 0.788, 0.133, 0.064, 3.1, 1],
  logitAdjustment: [0.868, 0.531, 0.251, 0.811, 0.159, 0.402, 3.1, 1],
  undersample: [0.842, 0.468, 0.262, 0.757, 0.104, 0.417, 0.7, 1],
  oversample: [0.865, 0.521, 0.238, 0.799, 0.147, 0.366, 5.9, 1],
  smote: [0.859, 0.503, 0.229, 0.781, 0.121, 0.329, 6.4, 1],
  balancedEnsemble: [0.879, 0.561, 0.258, 0.834, 0.194, 0.409, 6.8, 10],
  balancedBagging: [0.876, 0.553, 0.255, 0.829, 0.187, 0.405, 7.1, 10],
};

/** A made-up comparison with the shape of a true one: members help, a thinner class hurts, resampling ruins probabilities. */
export function exampleComparison(): ComparisonData {
  const rng = createRng("example comparison");
  return {
    schemaVersion: 1,
    createdAt: "2026-11-21T09:40:00.000Z",
    assay: "0.1.0",
    command: "assay compare data/slips --imbalance all --ratios 1:10,1:100 --seeds 3 --folds 5",
    machine: "2 cores of a shared Xeon at 2.6 GHz, 8 GB",
    dataset: {
      name: "slips",
      manifestSha256: "4f0c6b1b5b1a4a1e8d1c3a0c5b7a9f2e4d6c8b0a1f3e5d7c9b1a3f5e7d9c0b2a",
      counts: { real: 5120, fake: 2480 },
      groups: 3110,
    },
    learner: {
      kind: "heads",
      backbone: "tracenet",
      sha256: "9a3b7c1d5e".padEnd(64, "0"),
      width: 192,
      learntFrom:
        "slips-train (3,628 pictures of other accounts and apps); none of them, and no picture of their groups, stands here",
      seconds: 412,
    },
    calibration: "beta",
    budget: 10,
    maxFpr: 0.01,
    seeds: [1, 2, 3],
    folds: 5,
    control: "none",
    seconds: 968,
    ratios: [ratio(10, rng.fork("10")), ratio(100, rng.fork("100"))],
  };
}

function ratio(realPerFake: 10 | 100, rng: Rng): ComparedRatio {
  const prevalence = 1 / (1 + realPerFake);
  const fakes = Math.round(3300 / realPerFake);
  const strategies = (Object.keys(made) as Name[]).map((name) => strategy(name, realPerFake, rng.fork(name)));
  const metricsOf = (name: Name) => strategies.find((row) => row.name === name)!.metrics;
  const isRarest = realPerFake === 100;
  return {
    ratio: `1:${realPerFake}`,
    prevalence,
    counts: {
      train: { real: 3328, fake: fakes },
      validation: { real: 614, fake: Math.round(614 / realPerFake) },
      calibration: { real: 410, fake: Math.round(410 / realPerFake) },
      test: { real: 1024, fake: 496 },
    },
    balanced: {
      ...metricsOf("balancedEnsemble"),
      rocAuc: around(0.887, 0.012),
      prAuc: around(isRarest ? 0.233 : 0.583, 0.04),
    },
    strategies,
    recommended: isRarest
      ? {
          name: null,
          why: "balancedEnsemble led on validation (PR-AUC .188 beside .143 of none), but its lead on the test folds is .053 [-.004, .109], Holm-adjusted p = .09: no more than chance allows with 33 fakes to learn from.",
        }
      : {
          name: "balancedEnsemble",
          why: "It had the best PR-AUC on validation (.556 beside .509 of none). On the test folds it leads none by .049 [.021, .078], Holm-adjusted p = .008, for 6.8 s of training instead of 3.1 s.",
        },
    curves: {
      of: isRarest ? "none" : "balancedEnsemble",
      fakes: curve([0.25, 0.5, 1], fakes, isRarest ? 0.155 : 0.47, 0.045, isRarest),
      real: curve([0.25, 0.5, 1], 3328, isRarest ? 0.182 : 0.548, 0.006, false),
      labelNoise: isRarest
        ? { real: around(0.004, 0.003), fake: { undefinedBecause: "fewer than 50 fakes were trained on" } }
        : { real: around(0.006, 0.003), fake: around(0.061, 0.02) },
    },
    improve: isRarest
      ? [
          "More fakes: from 17 to 33 fakes PR-AUC rose by .045; the curve has not flattened. Twice as many would bring about .04 more.",
          "More genuine pictures change little: from 1,664 to 3,328 PR-AUC rose by .006 [-.02, .03].",
        ]
      : [
          "More fakes: from 165 to 330 fakes PR-AUC rose by .045 [.012, .078]. Twice as many would bring about .04 more.",
          "Check the labels: models of other folds contradict 6.1 % [4.1 %, 8.1 %] of the fakes with confidence.",
          "More genuine pictures change little: from 1,664 to 3,328 PR-AUC rose by .006 [-.02, .03].",
        ],
  };
}

function strategy(name: Name, realPerFake: 10 | 100, rng: Rng): ComparedStrategy {
  const entry = imbalance[name];
  const column = realPerFake === 10 ? 0 : 3;
  const [rocAuc, prAuc, eceBefore] = made[name].slice(column) as [number, number, number];
  const [seconds, members] = made[name].slice(6) as [number, number];
  const prevalence = 1 / (1 + realPerFake);
  const recall = prAuc * 0.86;
  const specificity = 0.989 + 0.004 * rng.uniform();
  const precision = precisionAt(recall, 1 - specificity, realPerFake);
  const ece = 0.008 + 0.012 * rng.uniform();
  const spread = realPerFake === 10 ? 1 : 1.9;
  // The rates of a class that is too thin to train on in some folds are not measured.
  const isThin = name === "smote" && realPerFake === 100;
  const metrics: Record<ComparedMetric, Estimate> = {
    rocAuc: around(rocAuc, 0.018 * spread),
    prAuc: around(prAuc, 0.035 * spread),
    partialRocAuc: around(rocAuc - 0.11, 0.021 * spread),
    recallAtFpr1: around(recall * 0.97, 0.04 * spread),
    recallAtBudget: around(recall * 0.9, 0.05 * spread),
    precision: around(precision, 0.05),
    recall: around(recall, 0.04 * spread),
    specificity: around(specificity, 0.003),
    f1: around((2 * precision * recall) / (precision + recall), 0.035),
    geometricMean: around(Math.sqrt(recall * specificity), 0.025),
    indexBalancedAccuracy: around(recall * specificity * (1 + 0.1 * (recall - specificity)), 0.03),
    balancedAccuracy: around((recall + specificity) / 2, 0.02),
    accuracy: around(prevalence * recall + (1 - prevalence) * specificity, 0.004),
    loss: around(0.212 - 0.1 * (prAuc - 0.5), 0.012),
    brier: around(prevalence * (1 - prevalence) * (1 - 0.6 * prAuc), 0.003),
    brierSkill: around(0.6 * prAuc, 0.03),
    ece: around(ece, 0.006),
  };
  if (isThin) {
    const undefinedBecause = "6 fakes in a fold's train part are fewer than k + 1 = 6 neighbours need beside each";
    for (const metric of comparedMetrics) metrics[metric] = { undefinedBecause };
  }
  const options = entry.options.parse({});
  return {
    name,
    options,
    summary: entry.summary,
    cite: entry.cite,
    failure: entry.failure,
    metrics,
    uncorrected: {
      loss: around(0.212 + eceBefore, 0.02),
      brier: around(prevalence * (1 - prevalence) * (1 - 0.6 * prAuc) + eceBefore ** 2, 0.005),
      ece: around(eceBefore, 0.012),
    },
    validation: {
      rocAuc: around(rocAuc - 0.004, 0.025),
      prAuc: around(prAuc - 0.005, 0.045),
      recallAtFpr1: around(recall * 0.95, 0.06),
    },
    ...(name !== "none" && { pairedDifference: isThin ? {} : differences(name, column, spread) }),
    cost: {
      members,
      trainSeconds: seconds / (column === 3 ? 1.4 : 1),
      rowsSeen: Math.round(60_000 * Math.sqrt(members)),
      modelBytes: 1160 * members,
      inferenceMicroseconds: 1.9 + 0.4 * members,
      peakMemoryBytes: 182 * 2 ** 20 + members * 2 ** 20,
    },
    reliability: isThin ? [] : reliability(prevalence, ece, rng),
    precisionAt: [10, 100, 1000].map((k) => ({
      realPerFake: k,
      precision: isThin
        ? { undefinedBecause: "recall was not measured" }
        : {
            value: precisionAt(recall, 1 - specificity, k),
            low: precisionAt(recall - 0.04, 1.003 - specificity, k),
            high: precisionAt(recall + 0.04, 0.997 - specificity, k),
            n: 1520,
          },
    })),
    pros: [
      `PR-AUC ${prAuc.toFixed(3)} on the test folds, ${(prAuc / prevalence).toFixed(1)} times that of guessing.`,
      ...(members === 1 ? [`Trains in ${seconds.toFixed(1)} s, one head of 1.1 KB.`] : []),
    ],
    cons: [
      ...(eceBefore > 0.1
        ? [
            `Before correction its probabilities are off by ${eceBefore.toFixed(2)} on average; without it they mislead.`,
          ]
        : []),
      ...(members > 1 ? [`${members} heads: training takes ${(seconds / 3.1).toFixed(1)} times as long as none.`] : []),
      ...(isThin ? ["Could not be trained in 4 of 15 folds: too few fakes for 5 neighbours."] : []),
    ],
  };
}

/** To the control, on the same pictures: narrower than two intervals apart. */
function differences(name: Name, column: 0 | 3, spread: number): Partial<Record<ComparedMetric, PairedDifference>> {
  const of = (i: 0 | 1, half: number): PairedDifference => {
    const value = made[name][(column + i) as 0] - made.none[(column + i) as 0];
    const z = Math.abs(value) / (half / 1.96);
    const p = Math.min(1, Math.exp(-0.717 * z - 0.416 * z * z)); // a normal's two tails, nearly
    return { estimate: { ...around(value, half), low: value - half }, p, pAdjusted: Math.min(1, p * 8) };
  };
  const undecided: PairedDifference = {
    estimate: { undefinedBecause: "both raise no alarm in most resamples" },
    p: null,
    pAdjusted: null,
  };
  return {
    rocAuc: of(0, 0.009 * spread),
    prAuc: of(1, 0.026 * spread),
    recallAtFpr1: of(1, 0.045 * spread),
    brier: name === "undersample" ? undecided : of(0, 0.01),
  };
}

function reliability(prevalence: number, ece: number, rng: Rng): ReliabilityBin[] {
  return [0.03, 0.1, 0.17, 0.3, 0.43, 0.57, 0.7, 0.84, 0.95].map((p, i) => ({
    low: Math.floor(p * 15) / 15,
    high: Math.floor(p * 15 + 1) / 15,
    meanProbability: p,
    fakeShare: Math.min(1, Math.max(0, p + (i === 0 ? ece / 4 : 8 * ece * (rng.uniform() - 0.5)))),
    n: i === 0 ? 1400 * (1 - prevalence) : 420 * prevalence * (1 + rng.uniform()),
  }));
}

function curve(shares: number[], all: number, start: number, step: number, isWide: boolean): CurvePoint[] {
  return shares.map((share, i) => ({
    share,
    n: Math.round(all * share),
    rocAuc: around(0.83 + i * step * 0.4, 0.02),
    prAuc: around(start + i * step, isWide ? 0.06 : 0.032),
  }));
}

const precisionAt = (recall: number, falseAlarms: number, k: number) =>
  recall / (recall + k * Math.max(0, falseAlarms));

const around = (value: number, half: number): Estimate => ({
  value,
  low: Math.max(0, value - half),
  high: Math.min(1, value + half),
  n: 1520,
});
