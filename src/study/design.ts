import { createRng, type Rng } from "../core/rng.ts";
import type { Label, Sample, Samples } from "../core/sample.ts";
import { type Fractions, splitDataset } from "../data/split.ts";
import { thin } from "../data/thin.ts";

/** Of what is not the test fold. Validation and calibration are as large as each other: both need fakes, however rare. */
const fractions: Fractions = { train: 0.7, validation: 0.15, calibration: 0.15, test: 0 };

/** A part may lack so much of the fakes that its ratio asks for: groups do not come in equal sizes. */
const shortage = 0.2;

/** Where one fold's model learns, chooses, calibrates and is judged. */
export interface FoldParts {
  /** Thinned to the ratio. */
  readonly train: Samples<"train">;
  readonly validation: Samples<"validation">;
  readonly calibration: Samples<"calibration">;
  /** The whole fold, with all of its fakes: its metrics are weighted to the ratio. */
  readonly test: Samples<"test">;
}

/** The same folds and parts for every strategy. */
export interface Design {
  readonly folds: number;
  /**
   * The imbalance is made after the split, inside each part, so that tuning sees as few fakes as training.
   * `ratio`: genuine pictures for each fake; undefined: before any fake was taken away.
   */
  partsOf(seed: number, fold: number, ratio?: number): FoldParts;
}

/** Throws UserError where a part would lack a class, or the fakes that a ratio asks for (when its parts are asked for). */
export function createDesign(samples: readonly Sample[], folds: number): Design {
  const foldNumbers = new Map<number, Int32Array>();
  const known = new Map<string, FoldParts>();
  const numbersOf = (seed: number) => {
    const found = foldNumbers.get(seed) ?? foldsOf(samples, folds, createRng(`study/folds/${seed}`));
    foldNumbers.set(seed, found);
    return found;
  };
  return {
    folds,
    partsOf(seed, fold, ratio) {
      const key = `${seed}/${fold}/${ratio}`;
      const found = known.get(key) ?? make(seed, fold, ratio);
      known.set(key, found);
      return found;
    },
  };

  function make(seed: number, fold: number, ratio: number | undefined): FoldParts {
    const numbers = numbersOf(seed);
    const test = samples.filter((_, i) => numbers[i] === fold) as unknown as Samples<"test">;
    const rest = samples.filter((_, i) => numbers[i] !== fold);
    const { parts } = splitDataset(
      { samples: rest, groupedBy: "groups" },
      { kind: "grouped", seed: seed * 1009 + fold, fractions },
    );
    if (ratio === undefined) return { ...parts, test };
    // Of one fold and seed, the fakes of a rarer ratio are among those of a less rare one.
    const rng = createRng(`study/thin/${seed}/${fold}`);
    const thinned = <S extends "train" | "validation" | "calibration">(part: Samples<S>) =>
      isShort(part, ratio) ? part : thin(part, ratio, rng).kept;
    return {
      train: thinned(parts.train),
      validation: thinned(parts.validation),
      calibration: thinned(parts.calibration),
      test,
    };
  }
}

/** Whether a part has a few fakes too few, so that it stays as it is; many too few are for `thin` to refuse. */
function isShort(part: readonly Sample[], ratio: number): boolean {
  const fakes = countOf(part, "fake");
  const wanted = Math.max(1, Math.round((part.length - fakes) / ratio));
  return fakes < wanted && fakes >= (1 - shortage) * wanted;
}

export function countOf(samples: readonly Sample[], label: Label): number {
  return samples.reduce((count, sample) => count + Number(sample.label === label), 0);
}

/** Fakes for one genuine picture. */
export function oddsOf(samples: readonly Sample[]): number {
  return countOf(samples, "fake") / countOf(samples, "real");
}

/**
 * The fold of each sample: whole groups, those with the rarer class first and large ones before small ones, each to the
 * fold that lacks most of what it brings.   // [samples]
 */
export function foldsOf(samples: readonly Sample[], folds: number, rng: Rng): Int32Array {
  const groups = new Map<string, { rows: number[]; real: number; fake: number }>();
  for (const [row, { group, label }] of samples.entries()) {
    const found = groups.get(group) ?? { rows: [], real: 0, fake: 0 };
    found.rows.push(row);
    found[label]++;
    groups.set(group, found);
  }
  const total = { real: countOf(samples, "real"), fake: countOf(samples, "fake") };
  const rarer: Label = total.fake <= total.real ? "fake" : "real";
  const ordered = rng
    .shuffle([...groups.values()])
    .sort((a, b) => b[rarer] - a[rarer] || b.rows.length - a.rows.length);
  const held = Array.from({ length: folds }, () => ({ real: 0, fake: 0 }));
  const result = new Int32Array(samples.length);
  for (const { rows, real, fake } of ordered) {
    const need = (fold: { real: number; fake: number }) =>
      (real / total.real) * (1 - (folds * fold.real) / total.real) +
      (fake / total.fake) * (1 - (folds * fold.fake) / total.fake);
    const best = held.reduce((best, fold, k) => (need(fold) > need(held[best]!) ? k : best), 0);
    held[best]!.real += real;
    held[best]!.fake += fake;
    for (const row of rows) result[row] = best;
  }
  return result;
}
