import type { Rng } from "../../src/core/rng.ts";
import { labelsOf } from "../../src/core/sample.ts";
import { drawMixes, mixRows } from "../../src/imbalance/mixRows.ts";
import { nearestOthers } from "../../src/imbalance/neighbours.ts";
import { averagePrecision, rocAuc } from "../../src/metrics/curves.ts";
import { atPrevalence } from "../../src/metrics/prevalence.ts";
import { rank } from "../../src/metrics/ranked.ts";
import { foldsOf } from "../../src/study/design.ts";
import type { VectorTable } from "../../src/study/vectorTable.ts";
import { type Judging, join, type Learner, linearScores, nearestNeighbourScores, outOfFold, pick } from "./learners.ts";
import { higher, type Pitfall } from "./pitfall.ts";
import { numberOf, shareAt } from "./scoring.ts";

const [mostReal, mostFake, folds, neighbours] = [800, 40, 5, 5];

/** With more columns than fakes a linear learner knows them by heart, too, and takes long. */
const widestLinear = 32;

/** More fakes for each genuine row: copies, or mixtures of neighbours. */
type Resample = (rows: Judging, rng: Rng) => Judging;

const remedies: Readonly<Record<string, Resample>> = {
  "copies of fakes": (rows, rng) => {
    const { fakes, missing } = countsOf(rows);
    return join(
      rows,
      pick(
        rows,
        Array.from({ length: missing }, () => rng.pick(fakes)),
      ),
    );
  },
  SMOTE: (rows, rng) => {
    const { fakes, missing } = countsOf(rows);
    const { x, width } = pick(rows, fakes);
    const nearest = nearestOthers(x, width, neighbours);
    const made = mixRows(x, { width, neighbours: nearest, k: neighbours }, drawMixes(missing, nearest.length, rng));
    return join(rows, { x: made, width, labels: new Uint8Array(missing).fill(1) });
  },
};

/** Wrong: first as many fakes as genuine rows, then the folds. Right: first the folds, by source, then train alone. */
export const resamplingBeforeSplit: Pitfall = {
  title: "Resampling before the split",
  async show({ table, rng }) {
    const chosen = onePerSource(table, rng.fork("one per source"));
    const samples = chosen.map((row) => table.samples[row]!);
    const rows = pick({ ...table, x: table.values, labels: labelsOf(table.samples) }, chosen);
    const { fakes } = countsOf(rows);
    const share = shareAt((chosen.length - fakes.length) / fakes.length);
    return Object.entries(remedies).flatMap(([name, resample]) => {
      const own = rng.fork(name);
      const all = resample(rows, own.fork("all"));
      const cut = Int32Array.from(own.shuffle(Array.from({ length: all.labels.length }, (_, i) => i % folds)));
      const grouped = foldsOf(samples, folds, own.fork("folds"));
      const judged = (learner: Learner) => ({
        wrong: rankedOf(all.labels, outOfFold(all, cut, learner), share),
        right: rankedOf(
          rows.labels,
          outOfFold(rows, grouped, learner, (learnt) => resample(learnt, own.fork("train"))),
          share,
        ),
      });
      const nearest = judged(nearestNeighbourScores);
      const figures = [
        higher(`ROC-AUC, ${name}`, numberOf(rocAuc(nearest.wrong)), numberOf(rocAuc(nearest.right))),
        higher(`PR-AUC, ${name}`, numberOf(averagePrecision(nearest.wrong)), numberOf(averagePrecision(nearest.right))),
      ];
      if (rows.width > widestLinear) return figures;
      const linear = judged(linearScores);
      return [
        ...figures,
        higher(`ROC-AUC, ${name}, linear`, numberOf(rocAuc(linear.wrong)), numberOf(rocAuc(linear.right))),
      ];
    });
  },
};

/** Both figures at the share of fakes that there was: the difference is the leak's alone. */
function rankedOf(labels: ArrayLike<number>, scores: Float64Array, share: number) {
  return atPrevalence(rank({ labels: Uint8Array.from(labels), probabilities: scores }), share);
}

/** Few fakes, and no source twice: no other leak than the one shown. */
function onePerSource({ samples }: VectorTable, rng: Rng): number[] {
  const left = { real: mostReal, fake: mostFake };
  const met = new Set<string>();
  return rng
    .shuffle(Array.from(samples.keys()))
    .filter((row) => {
      const { group, label } = samples[row]!;
      if (met.has(group) || left[label] === 0) return false;
      met.add(group);
      left[label]--;
      return true;
    })
    .sort((a, b) => a - b);
}

function countsOf({ labels }: Judging): { readonly fakes: number[]; readonly missing: number } {
  const fakes = Array.from(labels).flatMap((label, i) => (label === 1 ? [i] : []));
  return { fakes, missing: labels.length - 2 * fakes.length };
}
