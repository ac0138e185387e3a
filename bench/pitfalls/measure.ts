import type { HeadRecipe } from "../../src/study/headTraining.ts";
import type { VectorTable } from "../../src/study/vectorTable.ts";
import type { Figure } from "./pitfall.ts";
import { type PitfallName, pitfalls } from "./table.ts";
import { openWorkplace } from "./workplace.ts";

/** Over seeds. */
export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface ShownFigure extends Pick<Figure, "name" | "wrongIs"> {
  readonly wrong: Spread;
  readonly right: Spread;
  /** Seeds in which the wrong figure lies on its side of the right one. */
  readonly agree: number;
}

export interface ShownPitfall {
  readonly name: string;
  readonly title: string;
  readonly figures: readonly ShownFigure[];
}

export interface MeasureOptions {
  readonly tableOf: (seed: number) => VectorTable;
  readonly realPerFake: number;
  readonly seeds: number;
  readonly recipe: HeadRecipe;
  /** Of the table of mistakes. */
  readonly names: readonly PitfallName[];
  readonly onSeed?: (done: number) => void;
}

/** Makes these mistakes with every seed. */
export async function measurePitfalls(options: MeasureOptions): Promise<ShownPitfall[]> {
  const { names } = options;
  const found = new Map<string, (readonly Figure[])[]>(names.map((name) => [name, []]));
  for (let seed = 1; seed <= options.seeds; seed++) {
    const workplace = openWorkplace({ ...options, seed, table: options.tableOf(seed) });
    for (const name of names)
      found.get(name)!.push(await pitfalls[name].show({ ...workplace, rng: workplace.rng.fork(name) }));
    options.onSeed?.(seed);
  }
  return names.map((name) => {
    const seeds = found.get(name)!;
    const figures = seeds[0]!.map(({ name: figure, wrongIs }, i) => ({
      name: figure,
      wrongIs,
      wrong: spreadOf(seeds.map((of) => of[i]!.wrong)),
      right: spreadOf(seeds.map((of) => of[i]!.right)),
      agree: seeds.filter((of) => misleads(of[i]!)).length,
    }));
    return { name, title: pitfalls[name].title, figures };
  });
}

function misleads({ wrong, right, wrongIs }: Figure): boolean {
  return wrongIs === "higher" ? wrong > right : wrong < right;
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: Math.min(...values), high: Math.max(...values) };
}
