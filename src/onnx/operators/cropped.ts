import type { Graph, Value } from "../graph.ts";

/** Drops rows and columns at the end, so that `height` and `width` are left on the axis `rows` and the one after it. */
export function cropped(g: Graph, x: Value, height: number, width: number, rows: number): Value {
  if (x.shape[rows] === height && x.shape[rows + 1] === width) return x;
  const shape = x.shape.map((length, axis) => (axis === rows ? height : axis === rows + 1 ? width : length));
  return g.node("Slice", [x, g.integers([0, 0]), g.integers([height, width]), g.integers([rows, rows + 1])], { shape });
}
