import { createRng } from "../../src/core/rng.ts";
import type { Sample } from "../../src/core/sample.ts";
import { syntheticTable } from "../../src/study/syntheticTable.ts";
import type { VectorTable } from "../../src/study/vectorTable.ts";

export interface SourceOptions {
  /** Sources of each class. */
  readonly real: number;
  readonly fake: number;
  /** Pictures of a source. */
  readonly pictures: number;
  readonly width: number;
  /** Columns that tell the classes apart, and how far apart their means are; 2 is a ROC-AUC of .92. */
  readonly told: number;
  readonly distance: number;
  /** Share of a picture's variance that its source has in common, 0..1. */
  readonly nearness: number;
  readonly seed: number;
}

export const usualSources: Omit<SourceOptions, "seed"> = {
  real: 3000,
  fake: 300,
  pictures: 4,
  width: 16,
  told: 8,
  distance: 2,
  nearness: 0.8,
};

/**
 * Made-up vectors whose groups mean something. With m the mean of the class and s + m the source's own vector
 * (src/study/syntheticTable.ts):
 *   x = m + sqrt(nearness) s + sqrt(1 - nearness) e, e ~ N(0, I)
 * so that one picture is distributed as there, and two of one source lie close together.
 */
export function syntheticSources(options: SourceOptions): VectorTable {
  const { pictures, width, told, distance, nearness, seed } = options;
  const sources = syntheticTable({ ...options, seed: `pitfalls/${seed}` });
  const rng = createRng(`pitfalls/pictures/${seed}`);
  const [shared, own] = [Math.sqrt(nearness), Math.sqrt(1 - nearness)];
  const m = distance / Math.sqrt(told);
  const values = new Float32Array(sources.values.length * pictures);
  const samples = sources.samples.flatMap(({ path, label }, source) =>
    Array.from({ length: pictures }, (_, k): Sample => {
      for (let c = 0; c < width; c++) {
        const mean = label === "fake" && c < told ? m : 0;
        const s = sources.values[source * width + c]! - mean;
        values[(source * pictures + k) * width + c] = mean + shared * s + own * rng.normal();
      }
      return { path: `${path}/${k}`, sha256: `${seed}/${path}/${k}`, label, group: path };
    }),
  );
  return { samples, width, values };
}
