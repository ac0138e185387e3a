import type { Label } from "../core/sample.ts";
import { type Floors, isAtChance } from "../data/floors.ts";
import type { Dataset } from "../data/manifest.ts";
import { columns, wrap } from "./columns.ts";
import { show } from "./show.ts";
import { count } from "./words.ts";

interface Check {
  readonly counts: Readonly<Record<Label, number>>;
  readonly floors: Floors;
}

const listed = 10;

/** `assay data check` for a terminal: what is in the set, and what its label gives away without a look at an edit. */
export function formatDataCheck(dataset: Dataset, { counts, floors }: Check): string {
  const { real, fake } = counts;
  const groups = new Set(dataset.samples.map(({ group }) => group)).size;
  const copies = dataset.duplicates.reduce((sum, set) => sum + set.length - 1, 0);
  const ratio = real >= fake ? `1 fake for ${oneDigit(real / fake)} real` : `${oneDigit(fake / real)} fakes for 1 real`;
  const facts = columns([
    ["pictures", `${count(real, "real picture")}, ${count(fake, "fake")} (${ratio})`],
    ["groups", `${groups.toLocaleString("en")}, by ${dataset.groupedBy}`],
    ["duplicates", copies === 0 ? "none" : `${count(copies, "file")} with the bytes of another`],
    ["unreadable", dataset.unreadable.length === 0 ? "none" : count(dataset.unreadable.length, "file")],
    ["file floor", `ROC-AUC ${show(floors.file.rocAuc)}, accuracy ${show(floors.file.accuracy)}`],
    ["history floor", floors.history === undefined ? "– (no masks)" : `ROC-AUC ${show(floors.history.rocAuc)}`],
  ]);
  const shown = dataset.unreadable.slice(0, listed).map(({ path, error }) => `  ${path}: ${error}`);
  const more = dataset.unreadable.length - shown.length;
  return [
    dataset.name,
    facts,
    "",
    wrap(floorsInWords(floors)),
    ...dataset.warnings.map((warning) => wrap(warning)),
    ...(shown.length > 0 ? ["", "Left out:", ...shown] : []),
    ...(more > 0 ? [`  and ${count(more, "more file")}`] : []),
  ].join("\n");
}

function floorsInWords({ file, history }: Floors): string {
  const atChance = isAtChance(file.rocAuc) && (history === undefined || isAtChance(history.rocAuc));
  return atChance
    ? "The floors cannot be told from chance: what a model scores here, it scores on the pictures' content."
    : "The label can be guessed without any look at an edit: a model's score counts only above these floors, and under the protocols reencoded and rescaled.";
}

function oneDigit(ratio: number): string {
  return Number.isFinite(ratio) ? ratio.toFixed(1).replace(/\.0$/, "") : "no";
}
