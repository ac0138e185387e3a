import { createRng } from "../core/rng.ts";
import type { Sample, SampleFacts } from "../core/sample.ts";
import type { Scores } from "../metrics/scores.ts";
import { measureSlice, type SliceFigures } from "../metrics/slices.ts";

export const sliceNames = ["delivery", "operation", "field", "laundering", "app", "scenario", "language"] as const;
export type SliceName = (typeof sliceNames)[number];

/** The figures of the pictures that have one value of one fact. */
export interface Slice extends SliceFigures {
  readonly slice: SliceName;
  readonly value: string;
}

/** A PNG, or one JPEG save of quality 85 or more. */
const clean = new Set(["png", "highJpeg"]);

/** The values that a picture has of each fact. A fake counts for each of its fields. */
const valuesOf: Readonly<Record<SliceName, (facts: SampleFacts) => readonly string[]>> = {
  delivery: ({ scenario, laundering }) => {
    if (laundering === undefined) return [];
    const way = clean.has(laundering) ? "clean" : laundering;
    return [scenario === undefined ? way : `${scenario}, ${way}`];
  },
  operation: ({ operation }) => some(operation),
  field: ({ fields = [] }) => fields,
  laundering: ({ laundering }) => some(laundering),
  app: ({ app }) => some(app),
  scenario: ({ scenario }) => some(scenario),
  language: ({ language }) => some(language),
};

const some = (word: string | undefined) => (word === undefined ? [] : [word]);

/** Only a fake has these: it is set against every genuine picture. Elsewhere both classes are of the slice. */
const ofFakes: ReadonlySet<SliceName> = new Set(["operation", "field"]);

/**
 * What the model is worth on the pictures of each app, language, laundering, … that the dataset's manifest names, in
 * the order of `sliceNames`, values sorted. `delivery` joins scenario and laundering, clean deliveries (PNG and JPEG
 * from quality 85) together. Empty where no picture has such facts.
 */
export function measureSlices(
  samples: readonly Sample[],
  scores: Scores,
  { threshold, replicates }: { readonly threshold: number; readonly replicates?: number },
): Slice[] {
  return sliceNames.flatMap((slice) => {
    const values = samples.map(({ facts = {}, label }) =>
      ofFakes.has(slice) && label === "real" ? [] : valuesOf[slice](facts),
    );
    return [...new Set(values.flat())].sort().map((value): Slice => {
      const isOf = (i: number) => values[i]!.includes(value) || (ofFakes.has(slice) && samples[i]!.label === "real");
      const members = Uint8Array.from(samples, (_, i) => (isOf(i) ? 1 : 0));
      const rng = createRng(`slice/${slice}/${value}`);
      const figures = measureSlice(scores, members, {
        threshold,
        rng,
        ...(replicates === undefined ? {} : { replicates }),
      });
      return { slice, value, ...figures };
    });
  });
}

/** The deliveries that a reader looks for first: clean ones of seen and of unseen apps, and a messenger's. */
export function headlineSlices(slices: readonly Slice[]): Slice[] {
  const first = ["seen, clean", "unseen, clean", "clean", "seen, messenger", "unseen, messenger", "messenger"];
  return first.flatMap((value) => slices.find((slice) => slice.slice === "delivery" && slice.value === value) ?? []);
}
