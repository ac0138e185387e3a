import { z } from "zod";
import { lookUp, parseOptions } from "../core/table.ts";
import { type Dimension, Graph, type Value } from "../onnx/graph.ts";
import type { Architecture } from "./architectures/architecture.ts";
import { architectures } from "./architectures/index.ts";
import { type Mode, NetworkBuilder, SplitBuilder } from "./builder.ts";
import { frozenThrough } from "./stages.ts";

const planes = z.object({ channels: z.int().positive(), height: z.int().positive(), width: z.int().positive() });

/** Which network, for which input: enough to build it again. */
export const networkRecipe = z.object({
  architecture: z.object({ name: z.string(), options: z.unknown() }),
  input: planes,
  /** Where it stands, this is the head alone of the network for such pictures, and `input` is one vector [n, 1, 1]. */
  headOf: planes.optional(),
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

export interface BuildOptions {
  /** The last stage that does not learn, or "backbone"; a UserError where there is no such stage. */
  readonly freeze?: string | undefined;
  /** Channels in a block of this machine's kernels (onnx/blockWidth.ts); 0, the default, for a portable graph. */
  readonly block?: number;
}

/** Lays the recipe's network into a new graph with an input "x"   // [batch, channels, height, width] */
export function buildNetwork(
  recipe: NetworkRecipe,
  mode: Mode,
  batch: Dimension,
  { freeze, block = 0 }: BuildOptions = {},
): BuiltNetwork {
  if (recipe.headOf !== undefined) return splitNetwork({ ...recipe, input: recipe.headOf }, mode, batch).head;
  const architecture: Architecture = lookUp(architectures, "architecture", recipe.architecture.name);
  return lay(new NetworkBuilder(new Graph({ block }), mode, frozenThrough(architecture.stages, freeze)), recipe, batch);
}

/** The same network in two graphs: what a frozen backbone makes of a picture, and the head that learns from it. */
export function splitNetwork({ architecture, input }: NetworkRecipe, mode: Mode, batch: Dimension) {
  const net = new SplitBuilder(new Graph(), mode);
  const { logit } = lay(net, { architecture, input }, batch);
  const { headNet, pooled } = net;
  if (headNet === undefined || pooled === undefined)
    throw new Error(`The architecture ${architecture.name} does not lay its head by net.head().`);
  const [x] = headNet.graph.inputs as [Value];
  const width = pooled.shape[1] as number;
  const recipe: NetworkRecipe = { architecture, input: { channels: width, height: 1, width: 1 }, headOf: input };
  return {
    backbone: { graph: net.graph, net, pooled },
    head: { graph: headNet.graph, net: headNet, logit, features: x, recipe },
  };
}

function lay(net: NetworkBuilder, { architecture: { name, options }, input }: NetworkRecipe, batch: Dimension) {
  const architecture: Architecture = lookUp(architectures, "architecture", name);
  const { channels, height, width } = input;
  const x = net.graph.input("x", [batch, channels, height, width]);
  const parsed = parseOptions(architecture, `architecture "${name}"`, options);
  return { graph: net.graph, net, ...architecture.build(net, x, parsed) };
}
