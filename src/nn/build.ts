import { z } from "zod";
import { lookUp, parseOptions } from "../core/table.ts";
import { type Dimension, Graph, type Value } from "../onnx/graph.ts";
import type { Architecture } from "./architectures/architecture.ts";
import { architectures } from "./architectures/index.ts";
import { type Mode, NetworkBuilder } from "./builder.ts";

/** Which network, for which input: enough to build it again. */
export const networkRecipe = z.object({
  architecture: z.object({ name: z.string(), options: z.unknown() }),
  input: z.object({ channels: z.int().positive(), height: z.int().positive(), width: z.int().positive() }),
});
export type NetworkRecipe = z.infer<typeof networkRecipe>;

/** A network laid into a graph of its own. */
export interface BuiltNetwork {
  readonly graph: Graph;
  readonly net: NetworkBuilder;
  /** Above 0 for fake   // [batch] */
  readonly logit: Value;
  /** The last maps before the pooling   // [batch, c, h, w] */
  readonly features: Value;
}

/** Lays the recipe's network into a new graph with an input "x"   // [batch, channels, height, width] */
export function buildNetwork(recipe: NetworkRecipe, mode: Mode, batch: Dimension): BuiltNetwork {
  const { name, options } = recipe.architecture;
  const architecture: Architecture = lookUp(architectures, "architecture", name);
  const graph = new Graph();
  const net = new NetworkBuilder(graph, mode);
  const { channels, height, width } = recipe.input;
  const x = graph.input("x", [batch, channels, height, width]);
  return { graph, net, ...architecture.build(net, x, parseOptions(architecture, `architecture "${name}"`, options)) };
}
