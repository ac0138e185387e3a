import type { Graph, Value } from "../graph.ts";
import { mul } from "./arithmetic.ts";

/**
 * y = x mask, where the mask holds 0 with probability p and 1 / (1 - p) otherwise (Srivastava et al., 2014;
 * "inverted": inference needs no scaling). The mask is an input: who runs the graph draws it from a named stream.
 */
export function dropout(g: Graph, x: Value, mask: Value): Value {
  return mul(g, x, mask);
}
