import type { Rng } from "../../core/rng.ts";
import type { FieldBox, Label } from "../../core/sample.ts";
import type { Pixels } from "../../image/codec.ts";
import type { Window } from "../../image/window.ts";
import type { Mask } from "../protocols.ts";
import { cell } from "../tiles.ts";
import { UnionFind } from "../unionFind.ts";

/** Edited pixels of every cell of 8 x 8, 0..64.   // [height, width] */
export interface Coverage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What is known of a picture before its crops are chosen. */
export interface Scene {
  readonly pixels: Pixels;
  readonly label: Label;
  /** Of a fake with a mask. */
  readonly coverage?: Coverage;
  /** Where fields stand, edited or not. */
  readonly boxes?: Readonly<Record<string, FieldBox>>;
}

/** Share of a fake's crops that show an edit; the others show its untouched fields, and what is no field at all. */
const editedShare = 0.65;
/** Share of the other crops that stand anywhere: status bars, logos and codes must not look strange either. */
const elsewhereShare = 0.25;

/**
 * Where crops of a picture are cut: about its edits in a fake, about its fields in a genuine one and in the fake's
 * rest. Paired by place: where edits stand on fields and genuine crops do not, a network learns fields (DOMAIN, last
 * section). The busiest of four windows stands for what is
 * no field, and for a field where nothing is known of fields.
 *
 * @param side of the crops, in pixels; all begin at multiples of 8
 */
export function choosePlaces(scene: Scene, count: number, side: number, rng: Rng): Window[] {
  const edits = scene.coverage === undefined ? [] : regionsOf(scene.coverage);
  const untouched = Object.values(scene.boxes ?? {}).filter((box) => !isEdited(box, scene.coverage));
  return Array.from({ length: count }, (_, i) => {
    if (edits.length > 0 && (i === 0 || rng.chance(editedShare) || untouched.length === 0)) {
      const at = rng.pick(rng.pick(edits));
      const { width } = scene.coverage!;
      return about(cell * (at % width) + cell / 2, cell * Math.floor(at / width) + cell / 2, scene, side, rng);
    }
    if (untouched.length === 0 || rng.chance(elsewhereShare)) return busiest(scene, side, rng);
    const [x, y, width, height] = rng.pick(untouched);
    return about(x + rng.uniform() * width, y + rng.uniform() * height, scene, side, rng);
  });
}

/** How much of each cell the mask covers. */
export function coverageOf({ width, height, data }: Mask): Coverage {
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const covered = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (data[y * width + x] === 1) covered[(y >> 3) * columns + (x >> 3)]!++;
  return { width: columns, height: rows, data: covered };
}

/** The cells of every connected edit that are edited by half at least: a small edit is met as often as a large one. */
function regionsOf({ width, height, data }: Coverage): number[][] {
  const half = (cell * cell) / 2;
  const union = new UnionFind(width * height);
  const edited: number[] = [];
  for (let at = 0; at < width * height; at++) {
    if (data[at]! < half) continue;
    edited.push(at);
    if (at % width > 0 && data[at - 1]! >= half) union.join(at, at - 1);
    if (at >= width && data[at - width]! >= half) union.join(at, at - width);
  }
  const regions = new Map<number, number[]>();
  for (const at of edited) {
    const root = union.find(at);
    if (!regions.has(root)) regions.set(root, []);
    regions.get(root)!.push(at);
  }
  return [...regions.values()];
}

function isEdited([x, y, width, height]: FieldBox, coverage: Coverage | undefined): boolean {
  if (coverage === undefined) return false;
  for (let row = Math.max(0, Math.floor(y / cell)); row < Math.min(coverage.height, (y + height) / cell); row++)
    for (
      let column = Math.max(0, Math.floor(x / cell));
      column < Math.min(coverage.width, (x + width) / cell);
      column++
    )
      if (coverage.data[row * coverage.width + column]! > 0) return true;
  return false;
}

/** A window that shows the point somewhere in its inner part, on the grid, inside the picture where that is possible. */
function about(x: number, y: number, { pixels }: Scene, side: number, rng: Rng): Window {
  const start = (point: number, length: number) => {
    const wanted = point - side * rng.between(0.2, 0.8);
    const last = Math.max(0, Math.ceil((length - side) / cell));
    return cell * Math.min(last, Math.max(0, Math.round(wanted / cell)));
  };
  return { left: start(x, pixels.width), top: start(y, pixels.height), width: side, height: side };
}

/** Of four windows anywhere the one whose luma varies most. */
function busiest(scene: Scene, side: number, rng: Rng): Window {
  const { width, height } = scene.pixels;
  const windows = Array.from({ length: 4 }, () =>
    about(rng.uniform() * width, rng.uniform() * height, scene, side, rng),
  );
  const spread = windows.map((window) => variance(scene.pixels, window));
  return windows[spread.indexOf(Math.max(...spread))]!;
}

/** Of the green channel on every fourth pixel. */
function variance({ width, height, data }: Pixels, window: Window): number {
  let [n, sum, squares] = [0, 0, 0];
  for (let y = window.top; y < Math.min(height, window.top + window.height); y += 4)
    for (let x = window.left; x < Math.min(width, window.left + window.width); x += 4, n++) {
      const level = data[3 * (y * width + x) + 1]!;
      sum += level;
      squares += level * level;
    }
  return n === 0 ? 0 : squares / n - (sum / n) ** 2;
}
