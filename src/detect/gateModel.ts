import { type GateFeatures, gateFeatureNames } from "./gateFeatures.ts";

/** Of each feature mean and deviation; of each term (see below) a weight. */
export interface GateModel {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

/** No feature counts for more than this many deviations: far from what was fitted, squares would decide alone. */
const furthest = 3;

/** The standardised features z, and all products z_i z_j with i <= j. */
export function gateTerms(
  features: GateFeatures,
  { mean, deviation }: Pick<GateModel, "mean" | "deviation">,
): number[] {
  const z = gateFeatureNames.map((name, i) =>
    Math.max(-furthest, Math.min(furthest, (features[name] - mean[i]!) / deviation[i]!)),
  );
  return [...z, ...z.flatMap((first, i) => z.slice(i).map((second) => first * second))];
}

/** Log odds that a picture with these features is a screenshot: weights . terms + bias. */
export function screenshotLogOdds(features: GateFeatures, model: GateModel = fitted): number {
  return gateTerms(features, model).reduce((sum, term, i) => sum + term * model.weights[i]!, model.bias);
}

/**
 * Printed by `npm run bench -- gate-fit --photos <folders> --screens <folders>` (--each 2 --drawn 50 --seed 1) on the
 * free photographs of docs/datasets.md and 200 forged slips: docs/methods/gate.md.
 */
const fitted: GateModel = {
  mean: [0.4614, 0.6706, 0.3648, 0.6894, 0.4773, 0.3375, 0.3151, 0.4962, 1.68, 0.1099, 0.1042],
  deviation: [0.3279, 0.2441, 0.3015, 0.2542, 0.2974, 0.2922, 0.23, 0.3384, 1.579, 0.1926, 0.0906],
  weights: [
    2.294, 0.2419, 1.514, 0.7289, 0.4325, -0.4119, -0.7303, 1.223, -0.4464, 4.108, 2.513, -0.5623, -0.1495, -0.4962,
    0.5158, 1.169, 0.4589, -0.4998, -0.05389, 0.03186, 1.087, 0.3528, -1.088, 0.4038, 0.6429, 0.717, -0.5009, 0.3654,
    -0.04876, -0.4617, -0.1263, -0.2964, -1.429, 0.11, 1.274, 0.2627, -0.4842, -1.46, 0.04598, 1.263, -1.129, -0.42,
    0.5642, 0.18, -0.2099, 0.3191, -0.5333, -0.7063, -0.5007, -1.747, 0.1284, 0.7969, 1.113, -0.8136, 1.671, 0.2365,
    0.419, 0.7098, -0.7911, -0.06461, 0.7382, 0.2567, -1.502, 0.5798, 0.1158, -0.3839, 0.07274, -0.7019, -0.6964,
    0.5235, -0.3603, -0.01215, 1.323, 0.1238, -1.703, -0.2785, -1.632,
  ],
  bias: 0.9538,
};
