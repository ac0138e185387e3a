import { createRng } from "../core/rng.ts";
import { labelsOf, type Sample, type Samples } from "../core/sample.ts";
import { createDesign } from "./design.ts";
import { type Scale, scaled, scaleOf } from "./head.ts";
import { type HeadRecipe, openHeadTraining } from "./headTraining.ts";
import { type Job, type Planned, planOf } from "./job.ts";
import type { VectorTable } from "./vectorTable.ts";

export interface StudySettings {
  readonly table: VectorTable;
  readonly folds: number;
  readonly recipe: HeadRecipe;
}

/** What a job left behind. */
export interface JobResult {
  /** Float32, little-endian, base64. */
  readonly head: string;
  /** To be subtracted from its logits: what training moved the log odds by. */
  readonly logOdds: number;
  readonly seconds: number;
  readonly rowsSeen: number;
  readonly numbersHeld: number;
}

/** Does jobs one after the other, in this thread; what several jobs of one fold need is made once. */
export function openWorkbench({ table, folds, recipe }: StudySettings) {
  const { samples, width, values } = table;
  const design = createDesign(samples, folds);
  const rowOf = new Map(samples.map((sample, i) => [sample, i]));
  const rowsOf = (part: readonly Sample[]) => Int32Array.from(part, (sample) => rowOf.get(sample)!);
  const training = openHeadTraining(width, recipe);
  const planned = lately(2, (key: string) => planOf(JSON.parse(key), design));
  const prepared = lately(2, (key: string) => prepare(JSON.parse(key)));

  /** The scale is that of the thinned train part, the same for all strategies. */
  function prepare({ ratio, seed, fold }: Pick<Job, "seed" | "fold" | "ratio">) {
    const { train, validation } = design.partsOf(seed, fold, ratio);
    const scale: Scale = scaleOf(values, width, rowsOf(train));
    // A thousand members of one ensemble share their train part.
    const known = new WeakMap<Samples<"train">, Float32Array>();
    return {
      scale,
      x(part: Samples<"train">) {
        const x = known.get(part) ?? scaled(values, width, rowsOf(part), scale);
        known.set(part, x);
        return x;
      },
      validation: { x: scaled(values, width, rowsOf(validation), scale), labels: labelsOf(validation) },
    };
  }

  return {
    async work(job: Job): Promise<JobResult> {
      const { member, ...rest } = job;
      const { ratio, seed, fold } = rest;
      const start = performance.now();
      const { train, plan, members }: Planned = planned(JSON.stringify(rest));
      const { scale, x, validation } = prepared(JSON.stringify({ ratio, seed, fold }));
      const chosen = members[member]!;
      const trained = await training.train({
        train,
        x: x(train),
        plan,
        member: chosen,
        validation,
        scale,
        // Drawn from what the job is, and never from the strategy: all start from the same weights.
        rng: createRng(`study/head/${seed}/${fold}/${member}`),
      });
      return {
        head: Buffer.from(trained.head.buffer, trained.head.byteOffset, trained.head.byteLength).toString("base64"),
        logOdds: chosen.priorShift.logOdds,
        seconds: (performance.now() - start) / 1000,
        rowsSeen: trained.rowsSeen,
        numbersHeld: trained.numbersHeld,
      };
    },
    close: () => training.release(),
  };
}

/** The latest values of a function, by its argument. */
function lately<T>(most: number, make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.has(key) ? known.get(key)! : make(key);
    known.delete(key);
    known.set(key, value);
    for (const oldest of known.keys()) {
      if (known.size <= most) break;
      known.delete(oldest);
    }
    return value;
  };
}
