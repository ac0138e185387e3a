import { describe, expect, it } from "vitest";
import fc from "../../test/fc.ts";
import golden from "../../test/golden/model/boostedTrees.json" with { type: "json" };
import { createRng } from "../core/rng.ts";
import {
  type BoostedTrees,
  type BoostingOptions,
  boostedLogit,
  boostedTrees,
  fitBoostedTrees,
} from "./boostedTrees.ts";

const { width } = golden;
const all = { columns: 1 };
const small = { trees: 5, leaves: 6, minimum: 2, learningRate: 0.3 };

type Rows = readonly (readonly number[])[];
const inRows = (values: readonly number[], columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, row) => values.slice(row * columns, (row + 1) * columns));

const boost = (rows: Rows, labels: readonly number[], options: BoostingOptions = {}, seed = 1) =>
  fitBoostedTrees(
    { width: rows[0]?.length ?? 0, data: Float32Array.from(rows.flat()) },
    Uint8Array.from(labels),
    createRng(seed),
    options,
  );
const answers = (rows: Rows, model: BoostedTrees) => rows.map((row) => boostedLogit(row, model));
const logLoss = (logits: readonly number[], labels: readonly number[]) =>
  logits.reduce((sum, z, i) => sum + Math.log1p(Math.exp(labels[i] === 1 ? -z : z)), 0) / labels.length;

/** The leaf that a row falls into. */
function leafOf(row: readonly number[], { feature, threshold, left }: BoostedTrees["trees"][number]): number {
  let node = 0;
  while (feature[node]! >= 0) node = left[node]! + Number(Math.fround(row[feature[node]!]!) > threshold[node]!);
  return node;
}

/** The best split of the first tree by definition: every value of every column as threshold, rows below summed up. */
function bestGain(rows: Rows, labels: readonly number[], minimum: number, ridge: number) {
  const base = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const score = (side: readonly number[]) =>
    side.reduce((sum, label) => sum + base - label, 0) ** 2 / (side.length * base * (1 - base) + ridge);
  const gainOf = (column: number, threshold: number) => {
    const low = labels.filter((_, i) => rows[i]![column]! <= threshold);
    const high = labels.filter((_, i) => rows[i]![column]! > threshold);
    if (low.length < minimum || high.length < minimum) return 0;
    return score(low) + score(high) - score(labels);
  };
  const gains = rows.flatMap((row) => row.map((value, column) => gainOf(column, value)));
  return { gainOf, best: Math.max(0, ...gains) };
}

/** Few values a column, so that rows share bins; labels of both classes. */
const tables = fc
  .integer({ min: 1, max: 3 })
  .chain((columns) =>
    fc.array(
      fc.record({
        row: fc.array(fc.integer({ min: -6, max: 6 }), { minLength: columns, maxLength: columns }),
        label: fc.integer({ min: 0, max: 1 }),
      }),
      { minLength: 4, maxLength: 60 },
    ),
  )
  .map((examples) => ({ rows: examples.map(({ row }) => row), labels: examples.map(({ label }) => label) }))
  .filter(({ labels }) => labels.includes(0) && labels.includes(1));

describe("as scikit-learn's HistGradientBoostingClassifier", () => {
  const fine = inRows(golden.table, width);
  const coarse = fine.map((row) => row.map((value) => Math.floor(value / golden.step)));
  const labels = golden.labels.slice(0, golden.train);
  const unseen = golden.labels.slice(golden.train);
  const fitted = (rows: Rows) => boost(rows.slice(0, golden.train), labels, { ...golden.settings, ...all });

  it("gives the same answers where every value has its own bin", async () => {
    const model = await fitted(coarse);
    expect(model.trees).toHaveLength(golden.settings.trees);
    expect(model.trees[0]!.feature[0]).toBe(golden.coarse.root.feature);
    expect(model.trees[0]!.threshold[0]).toBeCloseTo(golden.coarse.root.threshold, 6);
    for (const [i, z] of answers(coarse.slice(golden.train), model).entries())
      expect(z).toBeCloseTo(golden.coarse.logits[i]!, 3);
  });

  it("is as good on rows that it has not seen, with bins of its own", async () => {
    const loss = logLoss(answers(fine.slice(golden.train), await fitted(fine)), unseen);
    expect(Math.abs(loss / golden.fine.logLoss - 1)).toBeLessThan(0.03);
    expect(loss).toBeLessThan(
      0.75 *
        logLoss(
          unseen.map(() => 0),
          unseen,
        ),
    );
  });
});

describe("properties", () => {
  it("splits first where a search over all thresholds gains most", () =>
    fc.assert(
      fc.asyncProperty(tables, async ({ rows, labels }) => {
        const { gainOf, best } = bestGain(rows, labels, 2, 1);
        const { trees } = await boost(rows, labels, { ...all, trees: 1, minimum: 2 });
        const root = trees[0];
        if (root === undefined) expect(best).toBeLessThan(1e-6);
        else expect(gainOf(root.feature[0]!, root.threshold[0]!)).toBeCloseTo(best, 5);
      }),
    ));

  it("answers alike after a strictly increasing transform of a column", () =>
    fc.assert(
      fc.asyncProperty(tables, async ({ rows, labels }) => {
        const bent = rows.map(([first, ...others]) => [first! ** 3 + 0.1 * first! + 1000, ...others]);
        const [a, b] = [await boost(rows, labels, small), await boost(bent, labels, small)];
        expect(answers(bent, b)).toEqual(answers(rows, a));
      }),
    ));

  it("answers alike with a column more that does not vary, whatever share of columns is drawn", () =>
    fc.assert(
      fc.asyncProperty(tables, fc.double({ min: 0.1, max: 1 }), async ({ rows, labels }, columns) => {
        const more = rows.map((row) => [...row, 7]);
        const options = { ...small, columns };
        expect(await boost(more, labels, options)).toEqual(await boost(rows, labels, options));
      }),
    ));

  it("says the same after JSON, and the schema takes it", () =>
    fc.assert(
      fc.asyncProperty(tables, async ({ rows, labels }) => {
        const model = await boost(rows, labels, small);
        const read = boostedTrees.parse(JSON.parse(JSON.stringify(model)));
        expect(read).toEqual(model);
        expect(answers(rows, read)).toEqual(answers(rows, model));
      }),
    ));

  it("never loses by a tree more: the loss on its own rows falls", () =>
    fc.assert(
      fc.asyncProperty(tables, async ({ rows, labels }) => {
        const model = await boost(rows, labels, { ...small, ...all });
        const losses = [0, ...model.trees.map((_, t) => t + 1)].map((t) =>
          logLoss(answers(rows, { bias: model.bias, trees: model.trees.slice(0, t) }), labels),
        );
        for (const [t, loss] of losses.slice(1).entries()) expect(loss).toBeLessThanOrEqual(losses[t]! + 1e-6);
      }),
    ));

  it("holds in every leaf Newton's step from the answers before it, of the rows that fall into it", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 6, maxLength: 60 }),
        async (values) => {
          const rows = values.map((value) => [value]);
          const labels = values.map((_, i) => Number(i % 3 === 0));
          const { bias, trees } = await boost(rows, labels, small);
          for (const [t, tree] of trees.entries()) {
            const before = answers(rows, { bias, trees: trees.slice(0, t) }).map((z) => 1 / (1 + Math.exp(-z)));
            const leaves = rows.map((row) => leafOf(row, tree));
            for (const leaf of new Set(leaves)) {
              const inside = [...rows.keys()].filter((i) => leaves[i] === leaf);
              const slope = inside.reduce((sum, i) => sum + before[i]! - labels[i]!, 0);
              const curvature = inside.reduce((sum, i) => sum + before[i]! * (1 - before[i]!), 0);
              expect(inside.length).toBeGreaterThanOrEqual(small.minimum);
              expect(tree.threshold[leaf]).toBeCloseTo((-small.learningRate * slope) / (curvature + 1), 5);
            }
          }
        },
      ),
    ));

  it("keeps neighbouring 32-bit floats apart, however close", () =>
    fc.assert(
      fc.asyncProperty(fc.float({ noNaN: true, noDefaultInfinity: true }), async (low) => {
        const bits = new Int32Array(Float32Array.of(low).buffer)[0]!;
        const high = new Float32Array(Int32Array.of(bits + 1).buffer)[0]!;
        fc.pre(Number.isFinite(high) && high !== Math.fround(low));
        const rows = [[low], [high], [low], [high]];
        const logits = answers(rows, await boost(rows, [0, 1, 0, 1], { ...small, minimum: 1 }));
        expect(logits[0]).toBeLessThan(logits[1]!);
      }),
      { examples: [[1], [-2], [1e30], [16777215]] }, // where the short threshold is the value itself, or nearly
    ));
});

describe("fitBoostedTrees", () => {
  const rng = createRng("table");
  const rows = Array.from({ length: 400 }, () => Array.from({ length: 6 }, () => rng.normal()));
  const labels = rows.map(([a, b]) => Number(a! * b! > 0));

  it("draws the same from the same stream, and other columns from another", async () => {
    expect(await boost(rows, labels, small, 3)).toEqual(await boost(rows, labels, small, 3));
    expect(await boost(rows, labels, small, 3)).not.toEqual(await boost(rows, labels, small, 4));
  });

  it("keeps the leaves that were asked for, and their rows", async () => {
    const model = await boost(rows, labels, { ...all, trees: 3, leaves: 5, minimum: 40 });
    for (const tree of model.trees) {
      expect(tree.feature.filter((column) => column === -1).length).toBeLessThanOrEqual(5);
      const reached = new Map<number, number>();
      for (const row of rows) {
        const leaf = leafOf(row, tree);
        reached.set(leaf, (reached.get(leaf) ?? 0) + 1);
      }
      expect(Math.min(...reached.values())).toBeGreaterThanOrEqual(40);
    }
  });

  it("answers with the bias alone where nothing varies, or only one class is there", async () => {
    const flat = await boost(
      rows.map(() => [1, 2]),
      labels,
    );
    const fakes = labels.filter((label) => label === 1).length;
    expect(flat.trees).toEqual([]);
    expect(boostedLogit([1, 2], flat)).toBeCloseTo(Math.log(fakes / (400 - fakes)), 4);
    const one = await boost(
      rows,
      labels.map(() => 1),
    );
    expect(one.trees).toEqual([]);
    expect(boostedLogit(rows[0]!, one)).toBeCloseTo(Math.log(400 / 0.5), 3);
  });

  it("gives one heavy value one bin, so that the rest is still told apart", async () => {
    // 90 % zeros; the label turns at a place among the last 10 % that shares of all rows would not find.
    const sparse = Array.from({ length: 4000 }, (_, i) => [i < 3600 ? 0 : i - 3599]);
    const marked = sparse.map(([value]) => Number(value! > 103));
    const model = await boost(sparse, marked, { trees: 1, leaves: 2 });
    expect(model.trees[0]!.threshold[0]).toBeGreaterThan(101);
    expect(model.trees[0]!.threshold[0]).toBeLessThan(106);
  });

  it("takes the quantiles of a part of a long table", async () => {
    const long = Array.from({ length: 60_000 }, (_, i) => [i]);
    const model = await boost(
      long,
      long.map(([value]) => Number(value! > 30_000)),
      { trees: 1, leaves: 2 },
    );
    expect(Math.abs(model.trees[0]!.threshold[0]! - 30_000)).toBeLessThan(600);
  });

  it("refuses numbers that are not finite, and tables that do not fit", async () => {
    const holed = rows.map((row, i) => (i === 3 ? row.with(2, Number.NaN) : row));
    await expect(boost(holed, labels)).rejects.toThrow("row 3, column 2 is NaN");
    await expect(boost(rows, labels.slice(1))).rejects.toThrow(RangeError);
    await expect(
      boost(
        rows,
        labels.map(() => 2),
      ),
    ).rejects.toThrow(RangeError);
    const model = await boost(rows, labels, small);
    expect(() => boostedLogit(new Float32Array(6).fill(Number.NaN), model)).toThrow(RangeError);
    expect(() => boostedLogit([], model)).toThrow(RangeError);
  });

  it("tells how far it is, and stops when asked", async () => {
    const seen: number[] = [];
    const stop = new AbortController();
    const running = fitBoostedTrees(
      { width: 6, data: Float32Array.from(rows.flat()) },
      Uint8Array.from(labels),
      createRng(1),
      small,
      (done) => {
        seen.push(done);
        if (done === 2) setImmediate(() => stop.abort());
      },
      stop.signal,
    );
    await expect(running).rejects.toThrow(/abort/i);
    expect(seen).toEqual([1, 2]);
  });
});

it("the schema refuses a tree whose walk would not end", () => {
  const tree = { feature: [0, -1, -1], threshold: [1, 2, 3], left: [1, 0, 0] };
  expect(boostedTrees.safeParse({ bias: 0, trees: [tree] }).success).toBe(true);
  for (const left of [
    [0, 0, 0],
    [2, 0, 0],
    [1, 0],
  ])
    expect(boostedTrees.safeParse({ bias: 0, trees: [{ ...tree, left }] }).success).toBe(false);
});
