import { UserError } from "../core/errors.ts";
import type { Label } from "../core/sample.ts";
import { type FloorOptions, type Floors, measureFloors } from "./floors.ts";
import { nearDuplicateBits } from "./groups.ts";
import type { Dataset, Unreadable } from "./manifest.ts";
import { nearPairs } from "./perceptualHash.ts";
import { type ProtocolName, protocolNames } from "./protocols.ts";
import { type SplitKind, splitDataset } from "./split.ts";

/** What one should know of a dataset before training on it. */
export interface DataCheck {
  readonly counts: Readonly<Record<Label, number>>;
  /** Genuine pictures for each fake. */
  readonly realPerFake: number;
  readonly groups: number;
  readonly groupedBy: string;
  /** Files beyond the first of each set with the same bytes. */
  readonly duplicates: number;
  /** Pairs that look alike, and how many of them a split would tear apart: what a model would be tested on, having seen it. */
  readonly nearDuplicates: {
    readonly pairs: number;
    readonly acrossLabels: number;
    readonly acrossParts: Readonly<Partial<Record<SplitKind, number>>>;
  };
  readonly unreadable: readonly Unreadable[];
  readonly floors: Floors & Readonly<Record<ProtocolName, Floors>>;
  readonly warnings: readonly string[];
}

/** Counts, groups, duplicates, unreadable files, and the floors under each protocol; `floors.file` is that of `raw`. `floorsOf`: where the floors may be known already. */
export async function checkDataset(
  dataset: Dataset,
  options: FloorOptions = {},
  floorsOf: (dataset: Dataset, protocol: ProtocolName, options: FloorOptions) => Promise<Floors> = measureFloors,
): Promise<DataCheck> {
  const { samples, groupedBy, unreadable, warnings } = dataset;
  const fake = samples.filter(({ label }) => label === "fake").length;
  const measured: Partial<Record<ProtocolName, Floors>> = {};
  for (const [k, protocol] of protocolNames.entries()) {
    const onProgress = (done: number, total: number) =>
      options.onProgress?.(k * total + done, protocolNames.length * total);
    measured[protocol] = await floorsOf(dataset, protocol, { ...options, onProgress });
  }
  const floors = measured as Record<ProtocolName, Floors>;
  return {
    counts: { real: samples.length - fake, fake },
    realPerFake: (samples.length - fake) / fake,
    groups: new Set(samples.map(({ group }) => group)).size,
    groupedBy,
    duplicates: dataset.duplicates.reduce((sum, set) => sum + set.length - 1, 0),
    nearDuplicates: nearDuplicates(dataset),
    unreadable,
    floors: { ...floors.raw, ...floors },
    warnings,
  };
}

function nearDuplicates(dataset: Dataset): DataCheck["nearDuplicates"] {
  const { samples, facts } = dataset;
  const pairs = nearPairs(
    samples.map(({ sha256 }) => facts.get(sha256)!.perceptualHash),
    nearDuplicateBits,
  );
  const torn = (kind: SplitKind) => {
    const { parts } = splitDataset(dataset, { kind, seed: 1 });
    const partOf = new Map(Object.entries(parts).flatMap(([part, own]) => own.map((sample) => [sample, part])));
    return pairs.filter(([a, b]) => partOf.get(samples[a]!) !== partOf.get(samples[b]!)).length;
  };
  const acrossParts: Partial<Record<SplitKind, number>> = {};
  for (const kind of ["random", "grouped"] as const) {
    try {
      acrossParts[kind] = torn(kind);
    } catch (error) {
      // Too few groups for such a split: whoever asks for it reads why.
      if (!(error instanceof UserError)) throw error;
    }
  }
  return {
    pairs: pairs.length,
    acrossLabels: pairs.filter(([a, b]) => samples[a]!.label !== samples[b]!.label).length,
    acrossParts,
  };
}
