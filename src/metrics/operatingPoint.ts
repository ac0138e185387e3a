import { UserError } from "../core/errors.ts";
import type { Estimate } from "../core/estimate.ts";
import { lookUp, parseOptions } from "../core/table.ts";
import { type ConfusionMatrix, confusionAt } from "./classification.ts";
import { usualBudget } from "./measure.ts";
import { operatingPoints } from "./operatingPoints/index.ts";
import { type Circumstances, nextAbove, type OperatingPointRule } from "./operatingPoints/rule.ts";
import { countClasses, eachThreshold, rank } from "./ranked.ts";
import type { Scores } from "./scores.ts";
import { wilson } from "./wilson.ts";

/** A threshold and what it costs on the pictures that it was chosen on; Wilson intervals over pictures. */
interface OperatingPoint {
  /** 0..1; just above the highest score, so that nothing reaches it, where no lower one keeps the limit. */
  readonly threshold: number;
  /** Of the real pictures, the share at or above the threshold. */
  readonly falseAlarmRate: Estimate;
  /** Of the fakes, the share below the threshold. */
  readonly missRate: Estimate;
  readonly accuracy: Estimate;
}

export interface OperatingPoints {
  /** At or above: "fake". */
  readonly fake: OperatingPoint;
  /** Below: "real", shown to people as "no alteration evidence found"; between the two: inconclusive. */
  readonly real: OperatingPoint;
  readonly bestAccuracy: OperatingPoint;
}

export interface ThresholdOptions extends Partial<Circumstances> {
  /** How the threshold of "fake" is chosen, an entry of `operatingPoints`; default: by maxFpr. */
  readonly operatingPoint?: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  readonly maxMissed?: number;
  readonly maxInconclusive?: number | undefined;
}

/**
 * fake: by the rule of `operatingPoint`, by default the lowest threshold whose false-alarm rate is at most `maxFpr`.
 * real: the highest that misses at most `maxMissed` of the fakes, capped at fake; with `maxInconclusive` raised, where
 * need be, until at most that share of the real pictures lies between the two, whatever it misses then. bestAccuracy:
 * of equals the highest, which raises the fewest alarms.
 * Candidates are the scores that validation pictures have, and one above them all; of the rule `cost` any number.
 * Throws UserError where validation has one class only, or where the rule is unknown.
 */
export function chooseThresholds(
  validation: Scores<"validation">,
  {
    operatingPoint: { name, options } = { name: "falseAlarmRate", options: {} },
    maxFpr = 0.01,
    budget = usualBudget,
    maxMissed = 0.05,
    maxInconclusive = 1,
    prevalence,
    calibratedAt,
  }: ThresholdOptions = {},
): OperatingPoints {
  const ranked = rank(validation);
  const { real, fake } = countClasses(ranked);
  if (real === 0 || fake === 0) {
    throw new UserError(
      "bad-dataset",
      `Thresholds need real and fake pictures in validation, which has ${real} real and ${fake} fake. ` +
        "Add pictures of the missing class (and groups, so that they can be split), or change --seed.",
    );
  }
  const rule: OperatingPointRule = lookUp(operatingPoints, "operating point", name);
  const parsed = parseOptions(rule, `operating point ${name}`, options);
  const alarm = rule.threshold(ranked, parsed, { maxFpr, budget, prevalence, calibratedAt });
  const [[, alarms]] = confusionAt(ranked, alarm);
  // In falling order: false alarms rise and misses fall from one to the next.
  const above = nextAbove(ranked.probabilities[0]!);
  let decided = above;
  let clear: number | undefined;
  let best = { threshold: above, right: real };
  eachThreshold(ranked, (tp, fp, threshold) => {
    if ((fp - alarms) / real <= maxInconclusive) decided = threshold;
    if ((fake - tp) / fake <= maxMissed) clear ??= threshold;
    if (tp + real - fp > best.right) best = { threshold, right: tp + real - fp };
  });
  const at = (threshold: number) => describe(threshold, confusionAt(ranked, threshold));
  return {
    fake: at(alarm),
    real: at(Math.min(Math.max(clear ?? alarm, decided), alarm)),
    bestAccuracy: at(best.threshold),
  };
}

function describe(threshold: number, [[tn, fp], [fn, tp]]: ConfusionMatrix): OperatingPoint {
  return {
    threshold,
    falseAlarmRate: wilson(fp, tn + fp),
    missRate: wilson(fn, fn + tp),
    accuracy: wilson(tn + tp, tn + fp + fn + tp),
  };
}
