import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import golden from "../../../test/golden/model/textLines.json" with { type: "json" };
import { createRng } from "../../core/rng.ts";
import type { Pixels } from "../../image/codec.ts";
import { sharpCodec } from "../../image/sharpCodec.ts";
import { boostedLogit } from "../boostedTrees.ts";
import { silent } from "../pooling.ts";
import { comparedWidth, compareLines } from "./compareLines.ts";
import { fitCells, fitLines, type KnownLines } from "./fitLines.ts";
import { glyphTwins } from "./glyphTwins.ts";
import { cellsOfLines, examineLines, lineHead, pooledLines, withLines } from "./lineHead.ts";
import { inkedLine, lineStatistics } from "./lineStatistics.ts";
import { lineWidth, measureLines } from "./measureLines.ts";
import { findTextLines, lumaOf } from "./textLines.ts";

const picture = async (): Promise<Pixels> =>
  (await sharpCodec.decode(await readFile(new URL("../../../test/golden/model/textLines.png", import.meta.url))))
    .pixels;

/** A grey picture whose every pixel is given by its place. */
function drawn(width: number, height: number, levelAt: (x: number, y: number) => number): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.fill(levelAt(x, y), 3 * (y * width + x), 3 * (y * width + x) + 3);
  return { width, height, channels: 3, data };
}

it("finds the lines that SciPy finds, and measures what NumPy measures", async () => {
  const pixels = await picture();
  const luma = lumaOf(pixels);
  const boxes = findTextLines(luma, pixels);
  expect(boxes.map(({ left, top, width, height }) => [left, top, width, height])).toEqual(golden.boxes);
  for (const [i, box] of boxes.entries()) {
    const line = inkedLine(luma, pixels, box);
    const expected = golden.statistics[i]!;
    expect(line === undefined).toBe(expected === null);
    const measured = line && lineStatistics(pixels, luma, line);
    for (const [k, value] of (expected ?? []).entries()) expect(measured![k]).toBeCloseTo(value, 4);
  }
  expect(golden.statistics.filter((row) => row === null).length).toBeLessThan(golden.boxes.length);
});

it("finds the letters that are copies of others as NumPy does: a digit copied after the save differs by nothing", async () => {
  const pixels = await picture();
  const luma = lumaOf(pixels);
  const lines = findTextLines(luma, pixels).flatMap((box) => inkedLine(luma, pixels, box) ?? []);
  const twins = glyphTwins(luma, pixels, lines);
  expect(twins).toHaveLength(golden.twins.length);
  for (const [i, row] of twins.entries())
    for (const [k, value] of row.entries()) expect(value).toBeCloseTo(golden.twins[i]![k]!, 4);
  // The copied zero, and on the half that was never saved as JPEG the digits that are drawn alike.
  const copied = lines.findIndex(({ box }) => box.top > 35 && box.left < 150);
  expect(twins[copied]!.slice(0, 3)).toEqual([0, expect.closeTo(golden.twins[copied]![1]!), 0.5]);
});

it("leaves out letters whole JPEG blocks apart, and of a long capture those below the first 1,500", () => {
  // Squares of 10 pixels, 16 apart along and 24 down: each is the same pixels as every other.
  const squares = drawn(16 * 50, 24 * 40, (x, y) => (x % 16 < 10 && y % 24 < 10 ? 0 : 255));
  const lines = Array.from({ length: 40 }, (_, i) => ({
    box: { left: 0, top: 24 * i, width: squares.width, height: 10 },
    ground: 255,
    ink: 0,
  }));
  const twins = glyphTwins(lumaOf(squares), squares, lines);
  // At the same place of the grid they are no twins: what is left is the best of the places a pixel off.
  expect(twins[0]![0]).toBeGreaterThan(1);
  expect(twins[39]).toEqual([16, 1, 0, 16, 16, 0]);
});

it("says nothing of a plain picture, of noise below an edge, and of one that is a single pixel", () => {
  for (const pixels of [
    drawn(400, 300, () => 200),
    drawn(400, 300, (x, y) => 200 + ((x + y) % 2) * 20),
    drawn(1, 1, () => 0),
  ]) {
    expect(measureLines(pixels).boxes).toEqual([]);
    expect(pooledLines({ boxes: [], logits: [] })).toEqual([-7, -7, -7, 0]);
  }
});

it("leaves out a line whose ink and ground are too near each other to be told apart", () => {
  const rng = createRng("faint");
  const pixels = drawn(360, 60, (x, y) => (x > 20 && x < 80 && y > 20 && y < 36 && rng.chance(0.5) ? 165 : 200));
  const luma = lumaOf(pixels);
  const [box] = findTextLines(luma, pixels);
  expect(box).toMatchObject({ left: 20, top: 20, width: 61, height: 17 });
  expect(inkedLine(luma, pixels, box!)).toBeUndefined();
  expect(measureLines(pixels).boxes).toEqual([]);
});

it("measures letters, not colours: inverted and dimmed, the same picture has the same shapes", () => {
  const rng = createRng("letters");
  const cover = Array.from({ length: 40 * 16 }, () => rng.integer(5) / 4);
  const text = (ground: number, ink: number) =>
    drawn(360, 60, (x, y) => {
      const [column, row] = [x - 20, y - 20];
      const inside = column >= 0 && column < 40 && row >= 0 && row < 16;
      return Math.round(ground + (inside ? cover[row * 40 + column]! : 0) * (ink - ground));
    });
  const [dark, light] = [text(240, 40), text(20, 220)].map((pixels) => measureLines(pixels).statistics[0]!);
  // Contrast, ground and what depends on rounding apart.
  for (let i = 0; i < 21 + 54; i++) expect(dark![i]).toBeCloseTo(light![i]!, 1);
  expect(dark!.slice(0, 75).some((value) => value > 0)).toBe(true);
});

it("compares a line with the others: like all it is nothing, alone it has nobody, order does not matter", () => {
  const rng = createRng("compare");
  const line = () => Float32Array.from({ length: lineWidth }, () => rng.uniform());
  const ones = new Array<number>(lineWidth).fill(1);
  const same = line();
  const alike = compareLines([same, same, same], ones);
  expect(alike.subarray(lineWidth, 3 * lineWidth + 3).every((value) => value === 0)).toBe(true);
  expect(
    compareLines([same], ones)
      .subarray(lineWidth)
      .every((value) => value === 0),
  ).toBe(true);
  expect(compareLines([], ones)).toHaveLength(0);

  const lines = [line(), line(), line(), line(), line()];
  const rows = compareLines(lines, ones);
  const turned = compareLines([...lines].reverse(), ones);
  const last = turned.subarray(4 * comparedWidth);
  for (const [i, value] of rows.subarray(0, comparedWidth).entries()) expect(last[i]).toBeCloseTo(value, 5);
  const others = lines.slice(1);
  const distances = others
    .map((other) => other.reduce((sum, value, i) => sum + Math.abs(value - lines[0]![i]!), 0) / lineWidth)
    .sort((a, b) => a - b);
  expect(rows[3 * lineWidth]).toBeCloseTo(distances[0]!, 5);
  expect(rows[3 * lineWidth + 2]).toBeCloseTo((distances[1]! + distances[2]!) / 2, 5);
  expect(rows[3 * lineWidth + 3]).toBeCloseTo(Math.log(5), 5);
});

it("learns the stranger among its own, where no number by itself tells", async () => {
  const rng = createRng("strangers");
  const pictureOf = (fake: boolean): KnownLines => {
    const habit = rng.uniform();
    const stranger = fake ? rng.integer(8) : -1;
    const statistics = Array.from({ length: 8 }, (_, i) => {
      const own = i === stranger ? rng.uniform() : habit;
      return Float32Array.from({ length: lineWidth }, (_, k) => (k < 4 ? own + 0.05 * rng.uniform() : rng.uniform()));
    });
    return { statistics, edited: statistics.map((_, i) => (i === stranger ? 0.9 : 0)) };
  };
  const learnt = Array.from({ length: 160 }, (_, i) => pictureOf(i % 2 === 0));
  const head = await fitLines(learnt, { trees: 40, leaves: 8, learningRate: 0.1 }, createRng("trees"), () => {});
  expect(head!.deviation).toHaveLength(lineWidth);
  // Judged as examineLines does, on pictures of its own.
  let [hits, of] = [0, 0];
  for (const { statistics, edited } of Array.from({ length: 60 }, () => pictureOf(true))) {
    const rows = compareLines(statistics, head!.deviation);
    const logits = statistics.map((_, i) =>
      boostedLogit(rows.subarray(i * comparedWidth, (i + 1) * comparedWidth), head!.trees),
    );
    const stranger = Array.from(edited).indexOf(0.9);
    const spread = Math.abs(statistics[stranger]![0]! - statistics[stranger === 0 ? 1 : 0]![0]!);
    if (spread < 0.15) continue; // by chance no stranger
    of++;
    if (logits.indexOf(Math.max(...logits)) === stranger) hits++;
  }
  expect(of).toBeGreaterThan(30);
  expect(hits / of).toBeGreaterThan(0.9);
  const genuine = learnt.map((one) => ({ ...one, edited: one.statistics.map(() => 0) }));
  expect(await fitLines(genuine, { trees: 2, leaves: 4, learningRate: 0.1 }, createRng(1), () => {})).toBeUndefined();
});

it("writes a line's answer into the cells under it, and leaves those that nobody looked at", () => {
  const map = { width: 4, height: 3, cell: 8, data: new Float32Array(12).fill(-2) };
  map.data[0] = silent;
  const lines = {
    boxes: [
      { left: 7, top: 8, width: 10, height: 8 },
      { left: 16, top: 8, width: 40, height: 40 },
    ],
    logits: [3, 1],
  };
  const none = Number.NaN;
  expect([...cellsOfLines(lines, map)]).toEqual([none, none, none, none, 3, 3, 3, 1, none, none, 1, 1]);
  const { data } = withLines(map, lines, { cells: [0.5, 2, 0.25, -1] });
  expect([...data]).toEqual([silent, -2, -2, -2, 4.25, 4.25, 4.25, 0.25, -2, -2, 0.25, 0.25]);
  expect(pooledLines(lines)).toEqual([3, 2, 2, Math.log1p(2)]);
});

it("weighs network and line by what they tell of cells", () => {
  const rng = createRng("cells");
  const cells = { network: [] as number[], line: [] as number[], edited: [] as number[] };
  for (let i = 0; i < 4000; i++) {
    const network = 4 * rng.uniform() - 4;
    const line = rng.chance(0.5) ? 6 * rng.uniform() - 4 : Number.NaN;
    const logit = 0.5 * network - 1 + (Number.isNaN(line) ? 0 : 1.5 * line + 1);
    cells.network.push(network);
    cells.line.push(line);
    cells.edited.push(rng.chance(1 / (1 + Math.exp(-logit))) ? 1 : 0);
  }
  const [a, b, c, d] = fitCells(cells);
  expect(a).toBeCloseTo(0.5, 0);
  expect(b).toBeCloseTo(1.5, 0);
  expect(c).toBeCloseTo(1, 0);
  expect(d).toBeCloseTo(-1, 0);
});

it("is refused in a model file whose trees ask for what no line has", () => {
  const leaf = { feature: [-1], threshold: [0.5], left: [0] };
  const asks = (column: number) => ({ feature: [column, -1, -1], threshold: [0, -1, 1], left: [1, 0, 0] });
  const head = (tree: typeof leaf) => ({
    statistics: "lines/2",
    deviation: new Array<number>(lineWidth).fill(1),
    trees: { bias: 0, trees: [tree] },
    cells: [1, 0, 0, 0],
  });
  expect(lineHead.safeParse(head(leaf)).success).toBe(true);
  expect(lineHead.safeParse(head(asks(comparedWidth - 1))).success).toBe(true);
  expect(lineHead.safeParse(head(asks(comparedWidth))).error?.message).toMatch(/which a line does not have/);
});

it("answers for every line of a picture", async () => {
  const pixels = await picture();
  const flat = { deviation: new Array<number>(lineWidth).fill(1), trees: { bias: -1.5, trees: [] } };
  const { boxes, logits } = examineLines(pixels, flat);
  expect(boxes).toHaveLength(golden.statistics.filter((row) => row !== null).length);
  expect(logits.every((logit) => logit === -1.5)).toBe(true);
});
