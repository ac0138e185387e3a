import { medianOf } from "../../metrics/quantile.ts";
import { lineWidth } from "./measureLines.ts";

/** Lines that a line is compared with: those most like it. */
const closest = 3;

/** Numbers of a line among its neighbours: own, from the median, from the closest, and how close they are. */
export const comparedWidth = 3 * lineWidth + 4;

/**
 * Each line of a picture beside the others:
 *   x, x - median over lines of x, x - mean of the three closest,
 *   distance to the closest, mean to the three closest, median to all, log of the number of lines
 *   distance(x, y) = mean_i |x_i - y_i| / deviation_i
 * One phone draws one screen with one rasteriser and saves it as often as it saves all of it: a line that was put there
 * otherwise is no stranger in the world, but among its own (self-consistency: Huh et al., Fighting Fake News, 2018).
 *
 * @param lines [n][lineWidth]   @param deviation [lineWidth], above 0
 * @returns [n, comparedWidth]
 */
export function compareLines(lines: readonly Float32Array[], deviation: ArrayLike<number>): Float32Array {
  const n = lines.length;
  const out = new Float32Array(n * comparedWidth);
  const medians = Float32Array.from({ length: lineWidth }, (_, i) => medianOf(lines.map((line) => line[i]!)));
  const distances = distancesOf(lines, deviation);
  for (const [at, line] of lines.entries()) {
    const row = out.subarray(at * comparedWidth, (at + 1) * comparedWidth);
    row.set(line);
    if (n > 1) {
      const order = Array.from(lines.keys())
        .filter((other) => other !== at)
        .sort((a, b) => distances[at * n + a]! - distances[at * n + b]! || a - b);
      const near = order.slice(0, closest);
      const away = order.map((other) => distances[at * n + other]!);
      for (let i = 0; i < lineWidth; i++) {
        const mean = near.reduce((sum, other) => sum + lines[other]![i]!, 0) / near.length;
        row[lineWidth + i] = line[i]! - medians[i]!;
        row[2 * lineWidth + i] = line[i]! - mean;
      }
      row[3 * lineWidth] = away[0]!;
      row[3 * lineWidth + 1] = away.slice(0, closest).reduce((sum, far) => sum + far, 0) / near.length;
      row[3 * lineWidth + 2] = medianOf(away);
    }
    row[3 * lineWidth + 3] = Math.log(n);
  }
  return out;
}

/** [n, n] */
function distancesOf(lines: readonly Float32Array[], deviation: ArrayLike<number>): Float64Array {
  const n = lines.length;
  const distances = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let i = 0; i < lineWidth; i++) sum += Math.abs(lines[a]![i]! - lines[b]![i]!) / deviation[i]!;
      distances[a * n + b] = sum / lineWidth;
      distances[b * n + a] = sum / lineWidth;
    }
  return distances;
}
