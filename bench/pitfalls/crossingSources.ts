import { labelsOf } from "../../src/core/sample.ts";
import { recallAtFpr, rocAuc } from "../../src/metrics/curves.ts";
import { rank } from "../../src/metrics/ranked.ts";
import { foldsOf } from "../../src/study/design.ts";
import { nearestNeighbourScores, outOfFold, pick } from "./learners.ts";
import { higher, type Pitfall } from "./pitfall.ts";
import { numberOf } from "./scoring.ts";

const [mostSources, folds] = [250, 5];

/** Wrong: folds picture by picture. Right: whole sources. The same pictures, the same learner. */
export const crossingSources: Pitfall = {
  title: "Pictures of one source on both sides",
  async show({ table, rng }) {
    const kept = new Set(
      (["real", "fake"] as const).flatMap((label) => {
        const groups = table.samples.filter((sample) => sample.label === label).map(({ group }) => group);
        return rng
          .fork(label)
          .shuffle([...new Set(groups)])
          .slice(0, mostSources);
      }),
    );
    const chosen = table.samples.flatMap(({ group }, row) => (kept.has(group) ? [row] : []));
    const samples = chosen.map((row) => table.samples[row]!);
    const rows = pick({ ...table, x: table.values, labels: labelsOf(table.samples) }, chosen);
    const judged = (groupOf: (i: number) => string) => {
      const cut = foldsOf(
        samples.map((sample, i) => ({ ...sample, group: groupOf(i) })),
        folds,
        rng.fork("folds"),
      );
      return rank({
        labels: Uint8Array.from(rows.labels),
        probabilities: outOfFold(rows, cut, nearestNeighbourScores),
      });
    };
    const wrong = judged(String);
    const right = judged((i) => samples[i]!.group);
    return [
      higher("ROC-AUC", numberOf(rocAuc(wrong)), numberOf(rocAuc(right))),
      higher("Recall at 1 % false alarms", numberOf(recallAtFpr(wrong, 0.01)), numberOf(recallAtFpr(right, 0.01))),
    ];
  },
};
