import { isDefined } from "../core/estimate.ts";
import { showRatio } from "../core/ratio.ts";
import type { Prevalence } from "../evaluate/prevalence.ts";
import { genuineToProve } from "../metrics/falseAlarmBound.ts";
import type { FalseAlarmProof } from "../metrics/recallAt.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { count, percent, percentEstimate } from "./words.ts";

type OperatingPoint = ModelMetadata["operatingPoint"];

/** `10`, `0.5`: alarms in a thousand pictures. */
export function perThousand(share: number): string {
  return String(Number((1000 * share).toPrecision(3)));
}

/** Which share of fakes the figures are for, and what was done to get there. */
export function prevalenceInWords({ share, ratio = "no fake", from, movedFrom }: Prevalence): string {
  switch (from) {
    case "pictures":
      return `The figures are for the pictures as they are: ${percent(share)} of them are fakes (${ratio}).`;
    case "dataset":
      return `The figures are for ${ratio}, as the dataset has it elsewhere: test kept all its fakes, and they are weighted.`;
    case "asked": {
      const moved =
        movedFrom === undefined
          ? "the probabilities are as the model gives them"
          : `probabilities and thresholds are moved there from ${showRatio((1 - movedFrom) / movedFrom)}, so that every verdict stays`;
      return `The figures are for ${ratio}, as --prevalence asked: fakes are weighted, and ${moved}.`;
    }
  }
}

/** How thresholds.fake was chosen on validation. */
export function operatingPointInWords({ maxFpr, rule }: OperatingPoint): string {
  const at = rule?.prevalence === undefined ? "" : `, at ${showRatio((1 - rule.prevalence) / rule.prevalence)}`;
  switch (rule?.name ?? "falseAlarmRate") {
    case "falseAlarmRate":
      return `the lowest threshold with at most ${percent(maxFpr)} false alarms on validation`;
    case "cost": {
      const { missedFake, falseAlarm } = rule!.options as { missedFake: number; falseAlarm: number };
      const threshold = falseAlarm / (falseAlarm + missedFake);
      return `the least expected cost, where a missed fake costs ${missedFake} and a false alarm ${falseAlarm}${at}: p ≥ ${threshold.toPrecision(3)} (Elkan, 2001)`;
    }
    case "budget":
      return `the lowest threshold with at most ${perThousand(rule!.budget ?? 0)} alarms in 1,000 pictures of validation${at}`;
    default:
      return `the threshold with the highest F1 on validation${at}`;
  }
}

/** What the operating point did there. */
export function onValidation({ falseAlarmRate, recall }: OperatingPoint): string {
  return `On validation it raised false alarms on ${percentEstimate(falseAlarmRate)} of the genuine pictures and found ${percentEstimate(recall)} of the fakes.`;
}

/** What genuine pictures vouch for, and how many a stronger claim takes. */
export function proofInSentences({ real, alarms, atMost }: FalseAlarmProof, chosen: OperatingPoint): string {
  const counted = `${count(alarms, "false alarm")} in ${count(real, "genuine picture")} ${alarms === 1 ? "leaves" : "leave"}`;
  const bound =
    real === 0
      ? "Without genuine pictures nothing is known of false alarms."
      : `${counted} a rate of up to ${percent(atMost)} possible (95\u00a0%, one-sided).`;
  const claim = claimOf(chosen);
  const needed = genuineToProve(claim);
  return needed === undefined
    ? bound
    : `${bound} To claim at most ${percent(claim)} takes 0 alarms in ${needed.toLocaleString("en")}.`;
}

/** The false-alarm rate that the operating point stands for: the one asked for, else that of validation, or 1 % after none. */
function claimOf({ maxFpr, rule, falseAlarmRate }: OperatingPoint): number {
  if (rule === undefined || rule.name === "falseAlarmRate") return maxFpr;
  return isDefined(falseAlarmRate) && falseAlarmRate.value > 0 ? falseAlarmRate.value : 0.01;
}
