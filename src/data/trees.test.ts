import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { crossValidate, growForest } from "./trees.ts";

function table(n: number, width: number, labelOf: (row: Float64Array, i: number) => number) {
  const rng = createRng("table");
  const data = Float64Array.from({ length: n * width }, () => rng.normal());
  const labels = Uint8Array.from({ length: n }, (_, i) => labelOf(data.subarray(i * width, (i + 1) * width), i));
  return { rows: { width, data }, labels };
}
const own = (n: number, each = 1) => Array.from({ length: n }, (_, i) => `g${Math.floor(i / each)}`);
const auc = (labels: Uint8Array, answers: Float64Array) => {
  let [wins, pairs] = [0, 0];
  for (const [i, a] of answers.entries())
    for (const [j, b] of answers.entries())
      if (labels[i] === 1 && labels[j] === 0) {
        pairs++;
        wins += a > b ? 1 : a === b ? 0.5 : 0;
      }
  return wins / pairs;
};

describe("extremely randomised trees", () => {
  it("finds what no line can: a ring and a checkerboard", () => {
    const ring = table(500, 4, ([x, y]) => (x! ** 2 + y! ** 2 < 1.4 ? 1 : 0));
    expect(auc(ring.labels, crossValidate(ring.rows, ring.labels, own(500), createRng(1)))).toBeGreaterThan(0.95);
    const board = table(800, 3, ([x, y]) => (x! * y! > 0 ? 1 : 0));
    expect(auc(board.labels, crossValidate(board.rows, board.labels, own(800), createRng(1)))).toBeGreaterThan(0.95);
  });

  it("finds nothing where there is nothing", () => {
    const noise = table(600, 20, (_, i) => i % 2);
    expect(
      Math.abs(auc(noise.labels, crossValidate(noise.rows, noise.labels, own(600), createRng(1))) - 0.5),
    ).toBeLessThan(0.08);
  });

  it("does not know a held-out group, however well it knows the others", () => {
    // The label belongs to the group, and so does the one fact: only a row's own siblings could give it away.
    const groups = own(300, 6);
    const rng = createRng("secret");
    const secret = new Map([...new Set(groups)].map((group) => [group, [rng.uniform(), rng.integer(2)] as const]));
    const labels = Uint8Array.from(groups, (group) => secret.get(group)![1]);
    const rows = { width: 1, data: Float64Array.from(groups, (group) => secret.get(group)![0]) };
    expect(auc(labels, crossValidate(rows, labels, groups, createRng(1)))).toBeLessThan(0.7);
    expect(auc(labels, crossValidate(rows, labels, own(300), createRng(1)))).toBeGreaterThan(0.95);
  });

  it("gives the same answers for the same seed, and the base rate where no fact varies", () => {
    const { rows, labels } = table(100, 5, ([x]) => (x! > 0 ? 1 : 0));
    const once = crossValidate(rows, labels, own(100), createRng(7));
    expect(crossValidate(rows, labels, own(100), createRng(7))).toEqual(once);
    const constant = growForest({ width: 2, data: new Float64Array(8) }, Uint8Array.of(1, 0, 0, 0), createRng(1));
    expect(constant([0, 0])).toBe(0.25);
  });

  it("grows 200 trees on 800 rows of 30 facts in a moment", () => {
    const { rows, labels } = table(800, 30, ([x, y]) => (x! + y! > 0 ? 1 : 0));
    const start = performance.now();
    growForest(rows, labels, createRng(1), { trees: 200 });
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
