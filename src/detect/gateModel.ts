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
 * free photographs of docs/datasets.md and every 40th genuine and forged slip of those that the shipped model was
 * trained on: docs/methods/gate.md.
 */
const fitted: GateModel = {
  mean: [0.4686, 0.68, 0.342, 0.6791, 0.4811, 0.3134, 0.3029, 0.4895, 1.693, 0.0869, 0.1101],
  deviation: [0.3342, 0.2497, 0.2883, 0.252, 0.2983, 0.2784, 0.2339, 0.3341, 1.569, 0.1634, 0.09616],
  weights: [
    1.676, 0.8337, 1.871, 0.593, 0.3853, -0.7407, -0.9767, 1.147, -0.5052, 4.623, 1.394, -0.7, -0.06957, -0.4955,
    -0.2574, 0.9387, -0.01486, -0.005886, 0.3326, 0.3879, 1.654, 0.6002, -0.4809, 0.1562, 0.533, 0.9023, -0.454, 0.1093,
    0.05055, -1.025, 0.1779, 0.1168, -1.227, 0.6292, 0.7795, 0.1181, -0.4281, -1.267, 0.2266, 0.6996, -0.3962, 0.3599,
    0.5876, 0.6847, -0.4781, 0.37, -0.5837, -0.6854, -1.056, -1.762, -0.2903, 0.7249, 1.445, -1.123, 1.302, 0.9483,
    0.4327, 0.5626, -0.5964, -0.1955, 0.7525, -0.2287, -1.499, 0.4741, 0.3302, -0.8409, 0.2479, -0.9399, 0.05234, 1.113,
    -0.0294, -0.1439, 1.822, 0.2738, -1.544, 0.4419, -0.8587,
  ],
  bias: -0.391,
};
