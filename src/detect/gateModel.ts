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
 * Printed by `npm run bench -- gate-fit --photos <folders> --screens <folders>` (--each 3 --drawn 40 --seed 1) on the
 * free photographs of docs/datasets.md and 360 forged slips: docs/methods/gate.md.
 */
const fitted: GateModel = {
  mean: [0.4688, 0.6602, 0.3599, 0.7022, 0.4822, 0.3669, 0.3343, 0.5004, 1.545, 0.1713, 0.1035],
  deviation: [0.2946, 0.2235, 0.2715, 0.2463, 0.2791, 0.2737, 0.2119, 0.3272, 1.579, 0.2347, 0.08486],
  weights: [
    1.538, -0.4645, 1.172, 0.9674, 1.238, -0.4805, 0.0737, 1.293, -1.085, 3.57, 1.56, -0.1638, -0.2565, -0.3903, 0.5254,
    0.3926, -0.3138, 0.1185, 0.339, -0.5245, 0.8135, 0.1383, -0.6605, -0.1539, 0.09082, 0.07132, -0.2652, 0.6086,
    0.05132, 0.2855, 0.09599, -0.06287, -0.8506, 0.0695, 0.3084, 0.4635, -0.2844, -0.7497, -0.2799, 0.4345, -0.3169,
    -0.1443, 0.6886, 0.3161, -0.6389, 0.02998, -0.1028, -0.3674, -0.01983, -2.054, 0.5745, 0.666, 1.122, -0.6382, 1.26,
    0.2787, -0.312, 0.2908, 0.02521, 0.2412, 1.047, -0.2387, -0.9931, -0.4898, -0.1686, -0.6605, 0.7167, -0.8226,
    -0.06895, 0.3757, -0.0676, 0.6332, 1.064, 0.05738, -1.464, -0.1412, -0.8133,
  ],
  bias: 1.192,
};
