import type { DetectAnswer } from "../../src/server/answers.ts";

/** What the page says, in one place: `real` is never called genuine. */

export const verdictWords: Readonly<Record<DetectAnswer["verdict"], { sentence: string; chip: string }>> = {
  fake: { sentence: "Evidence suggests that this picture was altered", chip: "Altered?" },
  real: { sentence: "No alteration evidence found", chip: "No evidence" },
  inconclusive: { sentence: "Inconclusive", chip: "Inconclusive" },
};

/** `under 1 %`, `97 %`, `over 99 %`: certainty is never claimed. */
export function percent(probability: number): string {
  if (probability < 0.01) return "under 1 %";
  if (probability > 0.99) return "over 99 %";
  return `${Math.round(probability * 100)} %`;
}

/** The false-alarm rate as people count: `about 1 in 100 genuine pictures`. */
export function falseAlarmWords(rate: number): string {
  if (rate <= 0) return "none of the genuine pictures";
  if (rate > 0.2) return `about ${Math.round(rate * 100)} in 100 genuine pictures`;
  // Two digits: the rate itself was estimated from a few hundred pictures.
  return `about 1 in ${Number((1 / rate).toPrecision(2)).toLocaleString("en")} genuine pictures`;
}

/** What the verdict does not cover, whatever the model. */
export function blindSpots(domain: string): string[] {
  return [
    `Pictures unlike those it was trained on (${domain}): there its answer means little.`,
    "Most of what a messenger, a screenshot or a smaller copy has washed out.",
    "A true picture with a false story: staging, a wrong date, a borrowed receipt.",
  ];
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** Of a hundred, in as many digits as help: `0.4`, `5.2`, `35`, `99.6`. */
export function perHundred(share: number): string {
  const hundredths = share * 100;
  const digits = hundredths >= 9.95 && hundredths < 98.95 ? 0 : 1;
  return hundredths.toFixed(digits).replace(/\.0$/, "");
}
