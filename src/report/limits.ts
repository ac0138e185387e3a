import { isDefined } from "../core/estimate.ts";
import { genuineToProve } from "../metrics/falseAlarmBound.ts";
import { mainResult, type ReportData } from "./reportData.ts";
import { count, percent } from "./words.ts";

/** What these figures do not show, one or two sentences each, the ones of this run first. */
export function limits(data: ReportData): string[] {
  const { dataset, split, thresholds } = data;
  const { falseAlarmRate } = thresholds;
  return [
    ...(dataset.toy === undefined ? [] : [`Toy set: ${dataset.toy}`]),
    ...(split.naive
      ? [
          "Naive split: pictures of one source stand in training and in test, so every figure here flatters. Train again with --split grouped.",
        ]
      : []),
    ...(split.looks > 1
      ? [
          `The test part has been looked at ${split.looks} times. Each choice made after a look flatters what the next one shows.`,
        ]
      : []),
    ...(isDefined(falseAlarmRate) &&
    (thresholds.rule?.name ?? "falseAlarmRate") === "falseAlarmRate" &&
    falseAlarmRate.high > thresholds.maxFpr
      ? [
          `The threshold was set for at most ${percent(thresholds.maxFpr)} false alarms on ${count(falseAlarmRate.n, "real validation picture")}: ` +
            `so few cannot vouch for less than ${percent(falseAlarmRate.high)}. To claim ${percent(thresholds.maxFpr)} takes none in ${genuineToProve(thresholds.maxFpr)?.toLocaleString("en")}.`,
        ]
      : []),
    `The figures hold for pictures like those of ${dataset.name}. On other cameras, editors and apps published detectors fall to chance; measure on your own pictures before you rely on a verdict.`,
    "A verdict is evidence, never proof. Below the lower threshold it reads “no alteration evidence found”: it does not say that a picture is genuine, for an edit may leave no trace in the pixels.",
    ...(mainResult(data)?.localisation === undefined
      ? []
      : [
          "The map of where a picture was edited is measured against masks of this dataset. Its threshold does not carry over to other kinds of forgery; read it as a hint where to look.",
        ]),
    "Intervals hold 95 % and come from resampling whole groups of this test part. They show the chance in these pictures, not how other pictures differ from them.",
  ];
}
