import type { Graph, Value } from "../graph.ts";
import { reduceMean } from "./reduce.ts";

/** The mean of every map   // [batch, c, h, w] -> [batch, c] */
export function globalAveragePool(g: Graph, x: Value): Value {
  return reduceMean(g, x, { axes: [2, 3] });
}
