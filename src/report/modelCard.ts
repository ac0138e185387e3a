import { showEstimate } from "../core/estimate.ts";
import { showRatio } from "../core/ratio.ts";
import { parts } from "../core/sample.ts";
import { formatImbalancedReport } from "../metrics/imbalancedReport.ts";
import { metricNames } from "../metrics/measure.ts";
import { describeCalibration, flatCalibration } from "../model/calibration.ts";
import { probabilityRows, rankingRows } from "./besideBaselines.ts";
import { comparison, floorComparison } from "./comparison.ts";
import { limits } from "./limits.ts";
import { onValidation, operatingPointInWords, prevalenceInWords, proofInSentences } from "./rareWords.ts";
import { mainResult, type ReportData } from "./reportData.ts";
import { resultFigures } from "./resultFigures.ts";
import { show } from "./show.ts";
import {
  count,
  protocolFalls,
  protocolMeanings,
  protocolsOnTheFloor,
  protocolTitles,
  verdictInWords,
} from "./words.ts";

/** MODEL_CARD.md: what the model is for, what it was trained on, what it scores and what it cannot do. */
export function modelCard(data: ReportData): string {
  return [
    `# ${text(data.title)}`,
    ...banners(data),
    about(data),
    results(data),
    thresholds(data),
    rare(data),
    allMetrics(data),
    trainingData(data),
    `## Limits\n\n${limits(data)
      .map((limit) => `- ${text(limit)}`)
      .join("\n")}`,
    origin(data),
  ]
    .filter((section) => section !== "")
    .join("\n\n")
    .concat("\n");
}

function banners({ dataset, split }: ReportData): string[] {
  return [
    ...(dataset.toy === undefined ? [] : [`> **Toy set.** ${text(dataset.toy)}`]),
    ...(split.naive
      ? ["> **Naive split.** Sources of the test pictures stand in training: these figures flatter."]
      : []),
  ];
}

function about(data: ReportData): string {
  const { headline, basis, figures, floors } = verdictInWords(data);
  return `## What it is worth\n\n**${headline}**\n\n${[basis, figures, floors]
    .filter(Boolean)
    .map((s) => text(s!))
    .join(" ")}

It is meant for screening pictures like those of ${text(data.dataset.name)} before a person decides, never for a decision alone.`;
}

function results(data: ReportData): string {
  const { results: shown, trainedOn } = data;
  if (shown.length === 0) return "";
  const head = [
    "",
    ...shown.map(({ protocol }) => `${protocolTitles[protocol]}${protocol === trainedOn ? " (trained on)" : ""}`),
  ];
  const rows = [...comparison, ...floorComparison].map(({ name, of }) => [
    name,
    ...shown.map((result) => {
      const estimate = of(result);
      return estimate === undefined ? "–" : showEstimate(estimate);
    }),
  ]);
  const meanings = shown.map(({ protocol }) => `${protocolTitles[protocol]}: ${protocolMeanings[protocol]}.`).join(" ");
  const falls = [...protocolsOnTheFloor(data), ...protocolFalls(data)];
  return [
    `## Three ways of seeing the same test pictures\n\n${meanings} Brackets: 95 % intervals, whole groups resampled.`,
    table(head, rows),
    ...falls,
  ].join("\n\n");
}

function thresholds({ thresholds: own, calibration }: ReportData): string {
  const { real, fake, bestAccuracy } = own;
  return `## Operating point

- “fake” from ${fake.toFixed(4)}: ${operatingPointInWords(own)}. ${onValidation(own)}
- “no alteration evidence found” below ${real.toFixed(4)}; between the two, inconclusive.
- Best validation accuracy at ${bestAccuracy.toFixed(4)}.
- Calibration: ${describeCalibration(calibration)}. ${flatCalibration(calibration) ?? ""}`.trimEnd();
}

/** Where fakes are rare: what an alarm is worth, and the figures beside what knows nothing. */
function rare(data: ReportData): string {
  const main = mainResult(data);
  if (main === undefined) return "";
  const figures = { ...resultFigures(main), metrics: main.atFake.metrics };
  const { precisionAt, proof, beforeCalibration } = figures;
  const isCorrected = beforeCalibration.corrected !== undefined;
  const worth = table(
    ["fakes : genuine", ...precisionAt.map(({ realPerFake }) => showRatio(realPerFake))],
    [["alarms that are right", ...precisionAt.map(({ precision }) => show(precision))]],
  );
  const beside = table(
    ["", "model", "knows nothing"],
    rankingRows(figures).map(({ metric, name, meaning, baseline, digits }) => [
      `${name} (${meaning})`,
      show(figures.metrics[metric], digits),
      baseline.toFixed(digits),
    ]),
  );
  const right = table(
    ["", "network", ...(isCorrected ? ["corrected"] : []), "calibrated", "base rate"],
    probabilityRows(figures).map(({ name, raw, corrected, calibrated, baseRate, digits }) => [
      name,
      show(raw, digits),
      ...(isCorrected ? [show(corrected, digits)] : []),
      show(calibrated, digits),
      baseRate.toFixed(digits),
    ]),
  );
  const report = `\`\`\`\n${formatImbalancedReport(figures.imbalancedReport)}\`\`\``;
  return [
    "## Where fakes are rare",
    `${prevalenceInWords(main.prevalence)} ${proofInSentences(proof, data.thresholds)}`,
    worth,
    beside,
    right,
    `imbalanced-learn's report at “fake”, of the pictures counted as they are:\n\n${report}`,
  ].join("\n\n");
}

function allMetrics(data: ReportData): string {
  const main = mainResult(data);
  if (main === undefined) return "";
  const rows = metricNames.map((name) => [
    name,
    showEstimate(main.atFake.metrics[name]),
    showEstimate(main.atBestAccuracy.metrics[name]),
  ]);
  return `## All metrics, ${protocolTitles[main.protocol].toLowerCase()}\n\n${table(["", "at “fake”", "at “best accuracy”"], rows)}`;
}

function trainingData({ dataset, split }: ReportData): string {
  const rows = parts.map((part) => [part, String(split.counts[part].real), String(split.counts[part].fake)]);
  return `## Data

${text(dataset.name)}: ${count(dataset.counts.real, "real picture")}, ${count(dataset.counts.fake, "fake")} in ${count(dataset.groups, "group")} (by ${text(dataset.groupedBy)}). Split: ${split.kind}, seed ${split.seed}. Looks at the test part: ${split.looks}. Manifest sha256 \`${dataset.manifestSha256}\`.

${table(["part", "real", "fake"], rows)}`;
}

function origin({ assayVersion, createdAt, command, machine, recipe }: ReportData): string {
  const machineText = machine === undefined ? "" : `, ${text(machine)}`;
  const commandBlock = command === undefined ? "" : `\n\n\`\`\`sh\n${command}\n\`\`\``;
  return `## Origin\n\nassay ${assayVersion}, ${createdAt}${machineText}.${commandBlock}\n\n\`\`\`json\n${JSON.stringify(recipe, null, 2) ?? "null"}\n\`\`\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}

/** Text from outside, so that it makes no markup of its own. */
function text(words: string): string {
  return words.replaceAll(/[\\`*_<>|#[\]]/g, (character) => `\\${character}`).replaceAll("\n", " ");
}
