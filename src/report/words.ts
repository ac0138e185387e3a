import { type Estimate, isDefined } from "../core/estimate.ts";
import { wilson } from "../metrics/wilson.ts";
import { mainResult, type ProtocolResult, type ReportData } from "./reportData.ts";

type Protocol = ProtocolResult["protocol"];

export const protocolTitles: Readonly<Record<Protocol, string>> = {
  raw: "Raw",
  reencoded: "Re-encoded",
  rescaled: "Rescaled",
};

export const protocolMeanings: Readonly<Record<Protocol, string>> = {
  raw: "the files as they are",
  reencoded: "one common JPEG save, quality 70 to 95",
  rescaled: "a downscale to .6–.9, then the same save",
};

/** `71 %`, `1.2 %`, `0.3 %`: a decimal where the share is small or nearly whole. */
export function percent(share: number): string {
  const hundredths = share * 100;
  const isRound = hundredths === 0 || hundredths === 100 || (hundredths >= 9.95 && hundredths < 99);
  return `${hundredths.toFixed(isRound ? 0 : 1)} %`;
}

/** `71 % [64 %, 77 %]`, or the reason why there is no number. */
export function percentEstimate(estimate: Estimate): string {
  if (!isDefined(estimate)) return `unknown (${estimate.undefinedBecause})`;
  return `${percent(estimate.value)} [${percent(estimate.low)}, ${percent(estimate.high)}]`;
}

/** `1 picture`, `2 pictures`, `1,234 pictures` */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** Share of real test pictures at or above thresholds.fake, Wilson interval. */
export function testFalseAlarms({ atFake }: ProtocolResult): Estimate {
  const [[tn, fp]] = atFake.confusionMatrix;
  return wilson(fp, tn + fp);
}

export interface Verdict {
  readonly tone: "good" | "doubtful" | "none";
  readonly headline: string;
  readonly sentences: readonly string[];
}

/** What the figures allow to be said of the model, in words, never more than evidence suggests. */
export function verdictInWords(data: ReportData): Verdict {
  const main = mainResult(data);
  const auc = main?.atFake.metrics.rocAuc;
  if (main === undefined || auc === undefined || !isDefined(auc)) {
    const reason = auc !== undefined && !isDefined(auc) ? auc.undefinedBecause : "nothing was measured";
    return {
      tone: "none",
      headline: "This test cannot tell what the model is worth.",
      sentences: [`No ROC-AUC: ${reason}.`],
    };
  }
  const pictures = main.scores.labels.length;
  const groups = new Set(main.scores.groups).size;
  const { recall } = main.atFake.metrics;
  const sentences = [
    `ROC-AUC ${interval(auc)} on ${count(pictures, "test picture")} of ${count(groups, "group")}, ` +
      `seen ${protocolTitles[main.protocol].toLowerCase()} (${protocolMeanings[main.protocol]}).`,
    `Where it answers "fake", it finds ${percentEstimate(recall)} of the fakes and raises a false alarm on ` +
      `${percentEstimate(testFalseAlarms(main))} of the real pictures.`,
    floorSentence(main),
  ];
  return { ...judge(data, main, auc), sentences };
}

function judge(
  data: ReportData,
  main: ProtocolResult,
  auc: { value: number; low: number },
): Omit<Verdict, "sentences"> {
  const floor = highestFloor(main);
  const kind = data.dataset.toy === undefined ? "pictures of this kind" : "pictures of this toy set";
  if (auc.low <= 0.5)
    return { tone: "none", headline: "No evidence that the model tells altered pictures from genuine ones." };
  if (floor !== undefined && auc.low <= floor.high)
    return {
      tone: "doubtful",
      headline: `The model separates the classes no better than its ${floor.name} does: it may not see edits at all.`,
    };
  if (data.split.naive)
    return {
      tone: "doubtful",
      headline: "The model separates the classes on a naive split, where it has met the sources of its test pictures.",
    };
  const strength = auc.value >= 0.95 ? "well" : auc.value >= 0.8 ? "usefully, with mistakes" : "weakly";
  return {
    tone: auc.value >= 0.8 ? "good" : "doubtful",
    headline: `Evidence suggests that the model tells altered pictures from genuine ones ${strength}, on ${kind}.`,
  };
}

function highestFloor({ floors }: ProtocolResult): { name: string; value: number; high: number } | undefined {
  const known = [
    { name: "file floor", estimate: floors.file.rocAuc },
    { name: "history floor", estimate: floors.history?.rocAuc },
  ].flatMap(({ name, estimate }) => (estimate !== undefined && isDefined(estimate) ? [{ name, ...estimate }] : []));
  return known.sort((a, b) => b.high - a.high)[0];
}

/** What the label gives away without any look at an edit. */
function floorSentence({ floors }: ProtocolResult): string {
  const file = isDefined(floors.file.rocAuc)
    ? `Facts about the files alone (format, size, tables, metadata) reach ${interval(floors.file.rocAuc)}`
    : "What facts about the files alone would reach is not known";
  const history = floors.history?.rocAuc;
  if (history === undefined || !isDefined(history))
    return `${file}; without masks, the history of unedited regions cannot be checked.`;
  return `${file}, and regions that nobody edited ${interval(history)}. What the model scores above these floors is what it knows about editing.`;
}

/** One paragraph for each step from raw to re-encoded to rescaled: what falls, and why that may be. */
export function protocolFalls({ results }: ReportData): string[] {
  const order: readonly Protocol[] = ["raw", "reencoded", "rescaled"];
  const shown = order.flatMap((protocol) => results.find((result) => result.protocol === protocol) ?? []);
  return shown.slice(1).flatMap((to, i) => {
    const sentence = fall(shown[i]!, to);
    return sentence === undefined ? [] : [sentence];
  });
}

function fall(from: ProtocolResult, to: ProtocolResult): string | undefined {
  const [before, after] = [from.atFake.metrics.rocAuc, to.atFake.metrics.rocAuc];
  if (!isDefined(before) || !isDefined(after)) return undefined;
  const names = `${protocolTitles[from.protocol]} to ${protocolTitles[to.protocol].toLowerCase()}`;
  const numbers = `(${before.value.toFixed(2)} to ${after.value.toFixed(2)})`;
  const difference = before.value - after.value;
  if (difference < 0.02) {
    const verb = difference < -0.02 ? "rises" : "holds";
    return `${names}: ROC-AUC ${verb} ${numbers}, so the result does not rest on ${whatStepRemoves[to.protocol]}.`;
  }
  const amount = `${names}: ROC-AUC falls by ${difference.toFixed(2)} ${numbers}`;
  if (after.high >= before.low) return `${amount}, no more than chance allows: the intervals overlap.`;
  return `${amount}. ${whyStepCosts[to.protocol]}${floorFall(from, to)}`;
}

const whatStepRemoves: Readonly<Record<Protocol, string>> = {
  raw: "the files",
  reencoded: "what the files say of themselves",
  rescaled: "compression history that survives a mere re-save",
};

const whyStepCosts: Readonly<Record<Protocol, string>> = {
  raw: "",
  reencoded:
    "One common save takes away what the files say of themselves: format, tables, subsampling, quality. " +
    "A score that goes with them was knowledge about files, not about edits; only traces too fine for one save are lost beside it.",
  rescaled:
    "An earlier JPEG save survives a mere re-save as double compression, and where it differs by class it gives the label away; " +
    "a downscale before the save disturbs its 8 x 8 grid. What is lost here was compression history, or traces finer than the smaller picture holds.",
};

function floorFall(from: ProtocolResult, to: ProtocolResult): string {
  const [before, after] = [from.floors.file.rocAuc, to.floors.file.rocAuc];
  if (!isDefined(before) || !isDefined(after) || before.value - after.value < 0.02) return "";
  return ` The file floor goes the same way (${before.value.toFixed(2)} to ${after.value.toFixed(2)}).`;
}

/** `0.93 [0.91, 0.95]` */
function interval({ value, low, high }: { value: number; low: number; high: number }): string {
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
