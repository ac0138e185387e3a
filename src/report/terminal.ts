import type { Floors } from "../data/floors.ts";
import type { ProtocolName } from "../data/protocols.ts";
import type { RungFigures } from "../evaluate/robustness.ts";
import type { Slice } from "../evaluate/slices.ts";
import type { ConfusionMatrix } from "../metrics/classification.ts";
import type { Localisation } from "../metrics/localisation.ts";
import { type MetricName, type Metrics, metricNames } from "../metrics/measure.ts";
import { flatCalibration } from "../model/calibration.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { columns, wrap } from "./columns.ts";
import { comparison, floorComparison } from "./comparison.ts";
import { formatRare } from "./rareTable.ts";
import { mainResult, type ReportData } from "./reportData.ts";
import { type ResultFigures, resultFigures } from "./resultFigures.ts";
import { chance, show } from "./show.ts";
import { formatLocalisation, formatRobustness, formatSlices } from "./slicesTable.ts";
import { count, protocolTitles, verdictInWords } from "./words.ts";

export interface TerminalOptions {
  readonly colour?: boolean;
}

/** The report's summary for a terminal: the verdict in words, the protocols side by side with their floors. */
export function formatReport(data: ReportData, { colour = false }: TerminalOptions = {}): string {
  const { results, trainedOn, dataset, split } = data;
  const { bold, dim, warn } = styles(colour);
  const verdict = verdictInWords(data);
  const flat = flatCalibration(data.calibration);
  const head = [
    "",
    ...results.map(({ protocol }) => `${protocolTitles[protocol]}${protocol === trainedOn ? " *" : ""}`),
  ];
  const row = ({ name, of }: (typeof comparison)[number]) => [name, ...results.map((result) => show(of(result)))];
  const table = columns([head, ...comparison.map(row), ...floorComparison.map(row)]).split("\n");
  return [
    bold(data.title),
    ...(dataset.toy === undefined ? [] : [warn(wrap(`Toy set. ${dataset.toy}`))]),
    ...(split.naive
      ? [warn("Naive split: sources of the test pictures stand in training. These figures flatter.")]
      : []),
    "",
    bold(wrap(verdict.headline)),
    ...(flat === undefined ? [] : [warn(wrap(flat))]),
    ...[verdict.basis, verdict.figures, verdict.floors].flatMap((sentence) =>
      sentence === undefined ? [] : wrap(sentence),
    ),
    "",
    bold(table[0]!),
    ...table.slice(1, 1 + comparison.length),
    ...table.slice(1 + comparison.length).map(dim),
    dim(
      "* trained on. Brackets: 95 % intervals, whole groups resampled. “fake” and “best accuracy” are thresholds set on validation.",
    ),
    "",
    ...rareOf(data),
    dim(`The test part has been looked at ${split.looks === 1 ? "once" : `${split.looks} times`}.`),
  ].join("\n");
}

/** The main protocol's figures where fakes are rare. */
function rareOf(data: ReportData): string[] {
  const main = mainResult(data);
  if (main === undefined) return [];
  const figures = { ...resultFigures(main), metrics: main.atFake.metrics };
  return [formatRare(figures, data.thresholds)];
}

/** What `assay evaluate` knows of a model on a dataset. */
export interface EvaluationFigures extends ResultFigures {
  readonly operatingPoint: ModelMetadata["operatingPoint"];
  readonly model: string;
  readonly dataset: string;
  readonly protocol: ProtocolName;
  readonly part: string;
  readonly split?: { readonly kind: string; readonly naive: boolean };
  readonly n: { readonly real: number; readonly fake: number };
  readonly threshold: number;
  readonly metrics: Metrics;
  readonly confusionMatrix: ConfusionMatrix;
  readonly atBestAccuracy: { readonly threshold: number; readonly metrics: Metrics };
  readonly floors: Floors;
  readonly testLooks: number;
  readonly warnings: readonly string[];
  readonly limited?: { readonly perClass: number; readonly of: number };
  readonly localisation?: Localisation;
  readonly slices?: readonly Slice[];
}

/** Where slices fill the screen, of the metrics these. */
const briefly: readonly MetricName[] = ["rocAuc", "prAuc", "recallAtFpr1", "recall", "precision", "accuracy", "ece"];

/**
 * The same for an evaluation: the slices and the localisation where there are any, the metrics at both thresholds, the
 * confusion matrix, the floors.
 */
export function formatEvaluation(body: EvaluationFigures, { colour = false }: TerminalOptions = {}): string {
  const { bold, dim, warn } = styles(colour);
  const { n, metrics, atBestAccuracy, floors, confusionMatrix } = body;
  const split =
    body.split === undefined
      ? ""
      : ` of the ${body.split.kind} split${body.split.naive ? " (naive: the figures flatter)" : ""}`;
  const [[tn, fp], [fn, tp]] = confusionMatrix;
  const { slices, localisation, limited } = body;
  const names = slices === undefined ? metricNames : briefly;
  const table = columns([
    ["", `p ≥ ${chance(body.threshold)} (“fake”)`, `p ≥ ${chance(atBestAccuracy.threshold)} (“best accuracy”)`],
    ...names.map((name) => [name, show(metrics[name]), show(atBestAccuracy.metrics[name])]),
    ["file floor, ROC-AUC", show(floors.file.rocAuc)],
    ["file floor, accuracy", show(floors.file.accuracy)],
    ["history floor, ROC-AUC", show(floors.history?.rocAuc)],
  ]).split("\n");
  return [
    bold(`${body.model} on ${body.dataset}`),
    `${count(n.real, "real picture")}, ${count(n.fake, "fake")}: ${body.part === "all" ? "all of them" : `the ${body.part} part`}${split}, seen ${protocolTitles[body.protocol].toLowerCase()}.${limited === undefined ? "" : ` A sample: at most ${limited.perClass} of each class, of ${count(limited.of, "picture")}.`}`,
    ...body.warnings.map((warning) => warn(wrap(warning))),
    "",
    ...(slices === undefined ? [] : [formatSlices(slices), ""]),
    ...(localisation === undefined ? [] : [formatLocalisation(localisation), ""]),
    bold(table[0]!),
    ...table.slice(1, 1 + names.length),
    ...table.slice(1 + names.length).map(dim),
    "",
    columns([
      ["", "called real", "called fake"],
      ["real", String(tn), String(fp)],
      ["fake", String(fn), String(tp)],
    ]),
    "",
    formatRare(body, body.operatingPoint),
    dim(`Brackets: 95 % intervals, whole groups resampled. Looks at the test part so far: ${body.testLooks}.`),
  ].join("\n");
}

/** What `assay evaluate --robustness` knows. */
export interface LadderFigures {
  readonly model: string;
  readonly dataset: string;
  readonly protocol: ProtocolName;
  readonly part: string;
  readonly n: { readonly real: number; readonly fake: number };
  readonly threshold: number;
  readonly robustness: readonly RungFigures[];
  readonly files: readonly string[];
  readonly testLooks: number;
  readonly warnings: readonly string[];
}

/** A line a rung, and where the plot is. */
export function formatLadder(body: LadderFigures, { colour = false }: TerminalOptions = {}): string {
  const { bold, dim, warn } = styles(colour);
  const { n, part, threshold } = body;
  return [
    bold(`${body.model} on ${body.dataset}, after what may happen to a picture`),
    `${count(n.real, "real picture")}, ${count(n.fake, "fake")} of ${part === "all" ? "all pictures" : `the ${part} part`}, seen ${protocolTitles[body.protocol].toLowerCase()}; “fake” from p ≥ ${threshold.toFixed(3)}.`,
    ...body.warnings.map((warning) => warn(wrap(warning))),
    "",
    formatRobustness(body.robustness),
    dim(`Brackets: 95 % intervals, whole groups resampled. Looks at the test part so far: ${body.testLooks}.`),
    `Written: ${body.files.join(", ")}`,
  ].join("\n");
}

function styles(colour: boolean) {
  const code = (open: number, close: number) => (text: string) =>
    colour ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), warn: code(33, 39) };
}
