import { type Estimate, isDefined } from "../core/estimate.ts";
import { type ProtocolName, protocolNames } from "../data/protocols.ts";
import { wilson } from "../metrics/wilson.ts";
import { mainResult, type ProtocolResult, type ReportData } from "./reportData.ts";

export const protocolTitles: Readonly<Record<ProtocolName, string>> = {
  raw: "Raw",
  reencoded: "Re-encoded",
  rescaled: "Rescaled",
};

export const protocolMeanings: Readonly<Record<ProtocolName, string>> = {
  raw: "the files as they are",
  reencoded: "one common JPEG save, quality 70 to 95",
  rescaled: "a downscale to .6–.9, then the same save",
};

/** `71 %`, `1.2 %`, `99.5 %`: a decimal only where the share is small or nearly whole. */
export function percent(share: number): string {
  const hundredths = share * 100;
  const digits = hundredths >= 9.95 && hundredths < 98.95 ? 0 : 1;
  return `${hundredths.toFixed(digits).replace(/\.0$/, "")}\u00a0%`; // no line break before the sign
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
export function testFalseAlarms({ atFake }: Pick<ProtocolResult, "atFake">): Estimate {
  const [[tn, fp]] = atFake.confusionMatrix;
  return wilson(fp, tn + fp);
}

export interface Verdict {
  readonly tone: "good" | "doubtful" | "none";
  readonly headline: string;
  /** What was measured: pictures, groups, protocol. */
  readonly basis: string;
  /** The three figures that matter most, with their intervals. */
  readonly figures?: string;
  readonly floors?: string;
}

/** What the figures allow to be said of the model, in words, never more than evidence suggests. */
export function verdictInWords(data: ReportData): Verdict {
  const main = mainResult(data);
  const headline = "This test cannot tell what the model is worth.";
  if (main === undefined) return { tone: "none", headline, basis: "Nothing was measured." };
  const auc = main.atFake.metrics.rocAuc;
  if (!isDefined(auc)) return { tone: "none", headline, basis: `There is no ROC-AUC: ${auc.undefinedBecause}.` };
  const pictures = count(main.scores.labels.length, "test picture");
  const groups = count(new Set(main.scores.groups).size, "group");
  return {
    ...judge(data, main, auc),
    basis: `Measured on ${pictures} of ${groups}, seen ${protocolTitles[main.protocol].toLowerCase()} (${protocolMeanings[main.protocol]}).`,
    figures:
      `ROC-AUC ${interval(auc)}. Where it answers “fake”, it finds ${percentEstimate(main.atFake.metrics.recall)} of the fakes ` +
      `and raises a false alarm on ${percentEstimate(testFalseAlarms(main))} of the real pictures.`,
    floors: floorSentence(main),
  };
}

function judge(data: ReportData, main: ProtocolResult, auc: Interval): Pick<Verdict, "tone" | "headline"> {
  const floor = floorInTheWay(main, auc);
  const kind =
    data.dataset.toy === undefined ? "altered pictures of this kind" : "the altered pictures of this toy set";
  if (auc.low <= 0.5)
    return { tone: "none", headline: "No evidence that the model tells altered pictures from genuine ones." };
  if (floor !== undefined)
    return {
      tone: "doubtful",
      headline: `The model separates the classes no better than its ${floor.name} does: it may not see edits at all.`,
    };
  if (data.split.naive)
    return {
      tone: "doubtful",
      headline: "The model separates the classes on a naive split, where it has met the sources of its test pictures.",
    };
  const said = (how: string) => `Evidence suggests that the model ${how}.`;
  if (auc.value >= 0.95) return { tone: "good", headline: said(`tells ${kind} from genuine ones well`) };
  if (auc.value >= 0.8) return { tone: "good", headline: said(`tells ${kind} from genuine ones, with mistakes`) };
  return { tone: "doubtful", headline: said(`tells ${kind} from genuine ones only weakly`) };
}

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The higher of the floors whose intervals the model's own interval does not clear. */
function floorInTheWay({ floors }: ProtocolResult, auc: Interval): (Interval & { name: string }) | undefined {
  return [
    { name: "file floor", estimate: floors.file.rocAuc },
    { name: "history floor", estimate: floors.history?.rocAuc },
  ]
    .flatMap(({ name, estimate }) => (estimate !== undefined && isDefined(estimate) ? [{ name, ...estimate }] : []))
    .filter(({ high }) => high >= auc.low)
    .sort((a, b) => b.value - a.value)[0];
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
  const shown = protocolNames.flatMap((protocol) => results.find((result) => result.protocol === protocol) ?? []);
  return shown.slice(1).flatMap((to, i) => {
    const sentence = fall(shown[i]!, to);
    return sentence === undefined ? [] : [sentence];
  });
}

/** One sentence for each protocol under which the model does not clear its floors. */
export function protocolsOnTheFloor({ results }: ReportData): string[] {
  return results.flatMap((result) => {
    const auc = result.atFake.metrics.rocAuc;
    const floor = isDefined(auc) ? floorInTheWay(result, auc) : undefined;
    if (!isDefined(auc) || floor === undefined) return [];
    return [
      `${protocolTitles[result.protocol]}: the ${floor.name} alone reaches ${interval(floor)}, the model ${interval(auc)}. This figure is no evidence about edits.`,
    ];
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

const whatStepRemoves: Readonly<Record<ProtocolName, string>> = {
  raw: "the files",
  reencoded: "what the files say of themselves",
  rescaled: "compression history that survives a mere re-save",
};

const whyStepCosts: Readonly<Record<ProtocolName, string>> = {
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
function interval({ value, low, high }: Interval): string {
  return `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
