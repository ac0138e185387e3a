import type { Canvas } from "@napi-rs/canvas";
import { type Box, grow } from "../../box.ts";
import { type Region, readRegion, writeRegion } from "../../canvas.ts";

/** Ways to invent what stood behind a text. */
export const fills = { rows: fillRows, diffusion: fillByDiffusion, patch: fillByPatch } as const;
export type Fill = keyof typeof fills;

/** Pixels around the box that are looked at. */
const ring = 3;

/** Every row runs evenly from the colour left of the box to the colour right of it. */
function fillRows(canvas: Canvas, box: Box): void {
  writeRegion(canvas, rowsBetween(readRegion(canvas, grow(box, ring, canvas)), box));
}

function rowsBetween({ box: outer, data }: Region, box: Box): Region {
  const filled = new Float32Array(box.width * box.height * 3);
  const [left, right] = [box.x - outer.x, outer.x + outer.width - box.x - box.width];
  const at = (x: number, y: number, c: number) => data[3 * (y * outer.width + x) + c]!;
  const mean = (from: number, count: number, y: number, c: number) => {
    let sum = 0;
    for (let x = from; x < from + count; x++) sum += at(x, y, c);
    return sum / count;
  };
  for (let y = 0; y < box.height; y++) {
    const row = y + box.y - outer.y;
    for (let c = 0; c < 3; c++) {
      const b = right > 0 ? mean(left + box.width, right, row, c) : mean(0, left, row, c);
      const a = left > 0 ? mean(0, left, row, c) : b;
      for (let x = 0; x < box.width; x++) filled[3 * (y * box.width + x) + c] = a + ((b - a) * (x + 0.5)) / box.width;
    }
  }
  return { box, data: filled };
}

/** The smoothest surface that meets the border: each pixel the mean of its four neighbours (Bertalmio et al., 2000). */
function fillByDiffusion(canvas: Canvas, box: Box): void {
  const outer = grow(box, 1, canvas);
  const { data } = readRegion(canvas, outer);
  const start = rowsBetween(readRegion(canvas, grow(box, ring, canvas)), box);
  const [dx, dy] = [box.x - outer.x, box.y - outer.y];
  const index = (x: number, y: number) => 3 * ((y + dy) * outer.width + x + dx);
  for (let y = 0; y < box.height; y++)
    data.set(start.data.subarray(3 * y * box.width, 3 * (y + 1) * box.width), index(0, y));
  const [across, down] = [3, 3 * outer.width];
  for (let sweep = 0; sweep < 24; sweep++)
    for (let y = Math.max(0, 1 - dy); y < box.height && y + dy < outer.height - 1; y++)
      for (let x = Math.max(0, 1 - dx); x < box.width && x + dx < outer.width - 1; x++)
        for (let c = 0, i = index(x, y); c < 3; c++, i++)
          data[i] = (data[i - across]! + data[i + across]! + data[i - down]! + data[i + down]!) / 4;
  writeRegion(canvas, { box: outer, data });
}

/** A piece of the neighbourhood, the emptiest that there is, laid over the box with a soft edge (after Barnes et al., 2009). */
function fillByPatch(canvas: Canvas, box: Box): void {
  const { data: goal } = readRegion(canvas, grow(box, ring, canvas));
  const outer = grow(box, ring, canvas);
  let best: { cost: number; source: Region } | undefined;
  for (const step of [-2.5, -2, -1.6, -1.3, -1.1, 1.1, 1.3, 1.6, 2, 2.5]) {
    for (const along of [0, -0.5, 0.5]) {
      const x = Math.round(outer.x + along * box.width);
      const y = Math.round(outer.y + step * box.height);
      if (x < 0 || y < 0 || x + outer.width > canvas.width || y + outer.height > canvas.height) continue;
      const source = readRegion(canvas, { ...outer, x, y });
      // What holds letters is no ground.
      if (edges(source) > 0.003) continue;
      const cost = spread(source) + 4 * borderDifference(goal, source.data, outer, box);
      if (best === undefined || cost < best.cost) best = { cost, source };
    }
  }
  if (best === undefined) {
    fillRows(canvas, box);
    return;
  }
  const mixed = goal.slice();
  for (let y = 0; y < outer.height; y++)
    for (let x = 0; x < outer.width; x++) {
      const edge = Math.min(x + 1, y + 1, outer.width - x, outer.height - y);
      const share = Math.min(1, edge / (ring + 1));
      for (let c = 0, i = 3 * (y * outer.width + x); c < 3; c++, i++)
        mixed[i] = share * best.source.data[i]! + (1 - share) * goal[i]!;
    }
  writeRegion(canvas, { box: outer, data: mixed });
}

/** Mean absolute difference of neighbours: nothing where nothing is drawn. */
function spread({ box, data }: Region): number {
  let sum = 0;
  for (let i = 3; i < data.length; i++) sum += Math.abs(data[i]! - data[i - 3]!);
  return sum / (3 * box.width * box.height);
}

/** Share of pixels that differ strongly from their left neighbour. */
function edges({ box, data }: Region): number {
  let count = 0;
  for (let y = 0; y < box.height; y++)
    for (let x = 1; x < box.width; x++) {
      const i = 3 * (y * box.width + x) + 1;
      if (Math.abs(data[i]! - data[i - 3]!) > 30) count++;
    }
  return count / (box.width * box.height);
}

function borderDifference(a: Float32Array, b: Float32Array, outer: Box, box: Box): number {
  let [sum, count] = [0, 0];
  for (let y = 0; y < outer.height; y++)
    for (let x = 0; x < outer.width; x++) {
      const [px, py] = [outer.x + x, outer.y + y];
      if (px >= box.x && px < box.x + box.width && py >= box.y && py < box.y + box.height) continue;
      const i = 3 * (y * outer.width + x);
      sum += Math.abs(a[i]! - b[i]!) + Math.abs(a[i + 1]! - b[i + 1]!) + Math.abs(a[i + 2]! - b[i + 2]!);
      count += 3;
    }
  return count === 0 ? 0 : sum / count;
}
