import type { Graph, Value } from "../../graph.ts";
import { inLayout } from "../../layout.ts";
import { cropped } from "../cropped.ts";
import { shaped } from "../reshape.ts";

/**
 * Puts parts between each other: row i of the result is row i / n of the parts in line i mod n, and so along columns.
 * // n x n tensors [batch, c, ceil((h - a) / n), ceil((w - b) / n)] -> [batch, c, h, w]
 */
export function interleave(g: Graph, parts: readonly (readonly Value[])[], shape: readonly number[]): Value {
  const [batch, channels, height, width] = shape as [number, number, number, number];
  const layout = parts[0]![0]!.layout;
  const count = parts.length;
  const [rows, columns] = [Math.ceil(height / count), Math.ceil(width / count)];
  // Blocked and plain tensors are both [maps, h, w, inner].
  const inner = layout === "blocked" ? g.block : 1;
  const maps = (batch * channels) / inner;
  const lines = parts.map((line) => {
    const cells = line.map((part) => {
      const same = inLayout(g, part, layout);
      const [h, w] = same.shape.slice(2) as [number, number];
      const open = shaped(g, same, [maps, h, w, 1, inner]);
      return h === rows && w === columns ? open : padEnd(g, open, [0, rows - h, columns - w, 0, 0]);
    });
    return shaped(g, joined(g, cells, 3), [maps, rows, 1, columns * count, inner]);
  });
  const whole = shaped(g, joined(g, lines, 2), [maps, rows * count, columns * count, inner]);
  return shaped(g, cropped(g, whole, height, width, 1), shape, layout);
}

function joined(g: Graph, values: readonly Value[], axis: number): Value {
  const shape = values[0]!.shape.map((length, i) => (i === axis ? (length as number) * values.length : length));
  return g.node("Concat", values, { shape, attributes: { axis } });
}

function padEnd(g: Graph, value: Value, after: readonly number[]): Value {
  const shape = value.shape.map((length, i) => (length as number) + after[i]!);
  return g.node("Pad", [value, g.integers([...after.map(() => 0), ...after])], { shape });
}
