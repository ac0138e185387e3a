import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { sigmoid } from "../metrics/scores.ts";
import type { VectorTable } from "./vectorTable.ts";

/** Two normal distributions whose posterior is known: what a study finds can be held against the truth. */
export interface SyntheticTable extends VectorTable {
  /** Exact probability of fake of each row, where there are `realPerFake` genuine ones for each   // [n] */
  posterior(realPerFake: number): Float64Array;
}

/**
 * x ~ N(0, I) for genuine rows and N(m, I) for fakes, m = distance / sqrt(told) in the first `told` columns, else 0:
 *   logit p(fake | x) = m . x - |m|^2 / 2 - ln realPerFake
 * Pairs of rows are a group. `distance` 2 is a ROC-AUC of .92.
 */
export function syntheticTable({
  real,
  fake,
  width,
  told,
  distance,
  seed,
}: {
  readonly real: number;
  readonly fake: number;
  readonly width: number;
  /** Columns that tell the classes apart. */
  readonly told: number;
  readonly distance: number;
  readonly seed: number | string;
}): SyntheticTable {
  const rng = createRng(`synthetic/${seed}`);
  const n = real + fake;
  const m = distance / Math.sqrt(told);
  const values = new Float32Array(n * width);
  const samples = Array.from({ length: n }, (_, i): Sample => {
    const label = i < fake ? "fake" : "real";
    for (let c = 0; c < width; c++) values[i * width + c] = rng.normal() + (label === "fake" && c < told ? m : 0);
    return { path: `${label}/${i}`, sha256: `${seed}/${i}`, label, group: `${label}/${i >> 1}` };
  });
  return {
    samples,
    width,
    values,
    posterior: (realPerFake) =>
      Float64Array.from(samples, (_, i) => {
        let z = -(distance ** 2) / 2 - Math.log(realPerFake);
        for (let c = 0; c < told; c++) z += m * values[i * width + c]!;
        return sigmoid(z);
      }),
  };
}
