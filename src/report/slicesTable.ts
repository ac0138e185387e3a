import { type Estimate, isDefined, showEstimate } from "../core/estimate.ts";
import { type RungFigures, rungName } from "../evaluate/robustness.ts";
import { headlineSlices, type Slice } from "../evaluate/slices.ts";
import type { Localisation, PixelEstimates } from "../metrics/localisation.ts";
import type { FalseAlarmProof } from "../metrics/recallAt.ts";
import { columns } from "./columns.ts";
import { percent } from "./words.ts";

/** `.934 [.912, .951]`, in few characters; a dash where there is no value. */
function short(estimate: Estimate): string {
  return isDefined(estimate) ? showEstimate(estimate, 2).replaceAll(/\b0\./g, ".") : "–";
}

/** `3 of 412, at most 1.9 %` */
function proofInWords({ alarms, real, atMost }: FalseAlarmProof): string {
  return `${alarms} of ${real}, at most ${percent(atMost)}`;
}

/** Slices that a terminal shows below the headline; --json has them all. */
const shown = ["operation", "laundering", "scenario"] as const;
const rowsShown = 16;

/** The deliveries first, then operations, laundering and scenarios; the rest is counted. */
export function formatSlices(slices: readonly Slice[]): string {
  const head = ["", "real", "fake", "ROC-AUC", "recall at 1 %", "alarms there (95 % bound)", "false alarms", "recall"];
  const row = (one: Slice, name: string) => [
    name,
    String(one.n.real),
    String(one.n.fake),
    short(one.rocAuc),
    short(one.recallAtFpr1),
    proofInWords(one.proof),
    short(one.falseAlarmRate),
    short(one.recall),
  ];
  const first = headlineSlices(slices);
  const others = slices.filter(({ slice }) => (shown as readonly string[]).includes(slice));
  const rest = slices.length - first.length - Math.min(rowsShown, others.length);
  const table = columns(
    [
      head,
      ...first.map((one) => row(one, one.value)),
      ...others.slice(0, rowsShown).map((one) => row(one, `${one.slice} ${one.value}`)),
    ],
    "  ",
  );
  return rest > 0 ? `${table}\n${rest} more slices (fields, apps, languages): --json has them.` : table;
}

/** The model's map beside what knows nothing. */
export function formatLocalisation(localisation: Localisation): string {
  const row = (name: string, of: PixelEstimates) => [
    name,
    short(of.pixelF1),
    short(of.bestPixelF1),
    short(of.iou),
    short(of.pixelAuc),
  ];
  return columns([
    [`where, in ${localisation.n} fakes with masks`, "pixel F1", "best F1", "IoU", "pixel AUC"],
    row("model", localisation),
    row("centre prior", localisation.centrePrior),
    row("every line of text", localisation.textPrior),
    row("all edited", localisation.allOnes),
  ]);
}

/** What `assay evaluate --robustness` shows: a line a rung. */
export function formatRobustness(rungs: readonly RungFigures[]): string {
  const change = (aucChange: number | undefined) =>
    aucChange === undefined ? "" : `${aucChange < 0 ? "-" : "+"}${Math.abs(aucChange).toFixed(2).replace(/^0/, "")}`;
  return columns(
    [
      ["", "ROC-AUC", "change", "recall at 1 %", "false alarms", "recall"],
      ...rungs.map((rung) => [
        rungName(rung),
        short(rung.rocAuc),
        change(rung.aucChange),
        short(rung.recallAtFpr1),
        short(rung.falseAlarmRate),
        short(rung.recall),
      ]),
    ],
    "  ",
  );
}
