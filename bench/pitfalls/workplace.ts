import { createRng, type Rng } from "../../src/core/rng.ts";
import { labelsOf, type Sample } from "../../src/core/sample.ts";
import { lookUp, parseOptions } from "../../src/core/table.ts";
import { imbalance } from "../../src/imbalance/index.ts";
import type { PriorShift } from "../../src/imbalance/plan.ts";
import { type TrainedLogits, trainedLogits } from "../../src/imbalance/posterior.ts";
import type { ImbalanceStrategy } from "../../src/imbalance/strategy.ts";
import { createDesign, type FoldParts } from "../../src/study/design.ts";
import { headLogits, scaled, scaleOf } from "../../src/study/head.ts";
import { type HeadRecipe, openHeadTraining } from "../../src/study/headTraining.ts";
import type { VectorTable } from "../../src/study/vectorTable.ts";

/** What a mistake is made with: pictures as vectors, parted and thinned as Assay does it, and heads to train on them. */
export interface Workplace {
  readonly seed: number;
  readonly rng: Rng;
  readonly table: VectorTable;
  readonly recipe: HeadRecipe;
  /** Genuine pictures for each fake, to which train, validation and calibration are thinned and test is weighted. */
  readonly realPerFake: number;
  readonly parts: FoldParts;
  /** The same parts before any fake was taken away. */
  readonly plentiful: FoldParts;
  /** A linear head, by an entry of the table of strategies. `values`: other vectors than the table's own. */
  train(strategy: keyof typeof imbalance, values?: Float32Array): Promise<TrainedOnce>;
}

export interface TrainedOnce {
  readonly shift: PriorShift;
  answer(samples: readonly Sample[]): TrainedLogits;
}

export interface WorkplaceOptions {
  readonly table: VectorTable;
  readonly realPerFake: number;
  readonly seed: number;
  readonly recipe: HeadRecipe;
}

/** A fifth is test; of the rest as a study has it. Throws UserError where the ratio cannot be had. */
export function openWorkplace({ table, realPerFake, seed, recipe }: WorkplaceOptions): Workplace {
  const design = createDesign(table.samples, 5);
  const rng = createRng(`pitfalls/${seed}`);
  const parts = design.partsOf(seed, 0, realPerFake);
  const rowOf = new Map(table.samples.map((sample, i) => [sample, i]));
  const rowsOf = (samples: readonly Sample[]) => Int32Array.from(samples, (sample) => rowOf.get(sample)!);
  const { width } = table;
  return {
    seed,
    rng,
    table,
    recipe,
    realPerFake,
    parts,
    plentiful: design.partsOf(seed, 0),
    async train(name, values = table.values) {
      const { train, validation } = parts;
      const strategy: ImbalanceStrategy = lookUp(imbalance, "strategy", name);
      const plan = strategy.plan(train, parseOptions(strategy, name, {}), rng.fork(name));
      const scale = scaleOf(values, width, rowsOf(train));
      const training = openHeadTraining(width, recipe);
      try {
        const { head } = await training.train({
          train,
          x: scaled(values, width, rowsOf(train), scale),
          plan,
          member: plan,
          validation: { x: scaled(values, width, rowsOf(validation), scale), labels: labelsOf(validation) },
          scale,
          rng: rng.fork("head"),
        });
        return {
          shift: plan.priorShift,
          answer: (samples) => trainedLogits(headLogits(head, recipe.units, values, width, rowsOf(samples))),
        };
      } finally {
        await training.release();
      }
    },
  };
}
