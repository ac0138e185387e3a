import { UserError } from "../core/errors.ts";
import { lookUp, parseOptions } from "../core/table.ts";
import { type Dimension, Graph, type Value } from "../onnx/graph.ts";
import type { Architecture } from "./architectures/architecture.ts";
import { architectures } from "./architectures/index.ts";
import { type Mode, NetworkBuilder, SplitBuilder } from "./builder.ts";
import { frozenThrough, type Stages } from "./stages.ts";

/** Sizes of one row of the input; a row that is no picture is one of 1 x 1 pixels. */
interface InputShape {
  readonly channels: number;
  /** In pixels. */
  readonly height: number;
  /** In pixels. */
  readonly width: number;
}

/** An entry of the table `architectures`; defaults fill in what the options leave out. */
export interface NamedArchitecture {
  readonly name: string;
  readonly options: unknown;
}

/** A network of one's own. What it can be told (widths, depths) are arguments of the function that makes it. */
export interface OwnArchitecture {
  /** Parts that `freeze` can name, in the order of the data flow, each with the first parts of its tensors' names. */
  readonly stages?: Stages;
  /**
   * Lays the layers into `net.graph`. It runs twice, for training with a number of rows and for inference with
   * "batch", and must declare the same tensors under the same names each time.
   *
   * input [batch, channels, height, width]; logit [batch], above 0 for label 1; features, for a heat map: the last
   * maps before the pooling [batch, c, h, w]; map, where the network localises: a logit a cell [batch, h', w'].
   */
  build(
    net: NetworkBuilder,
    input: Value,
  ): { readonly logit: Value; readonly features?: Value; readonly map?: Value; readonly slope?: Value };
}

/** Which network, for which input: enough to build it again. */
export interface NetworkRecipe {
  /** By its name in the table, or one's own. */
  readonly architecture: NamedArchitecture | OwnArchitecture;
  /** Of one row. */
  readonly input: InputShape;
  /** Where it stands, this is the head alone of the network for such pictures, and `input` is one vector [n, 1, 1]. */
  readonly headOf?: InputShape;
}

/** A network that a model file can name. */
export interface NamedNetwork extends NetworkRecipe {
  readonly architecture: NamedArchitecture;
}

/** A network laid into a graph of its own. */
export interface BuiltNetwork {
  readonly graph: Graph;
  readonly net: NetworkBuilder;
  /** Above 0 for fake   // [batch] */
  readonly logit: Value;
  /** The last maps before the pooling   // [batch, c, h, w] */
  readonly features?: Value;
  /** Of further backbones beside the first, of the same size   // each [batch, c, h, w] */
  readonly otherFeatures?: readonly Value[];
  /** A logit for every cell of the input, where the network localises   // [batch, h', w'] */
  readonly map?: Value;
  /** What a heat map follows where the logit has no slope   // [batch] */
  readonly slope?: Value;
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
  const { stages = {} } = architectureOf(recipe);
  return lay(new NetworkBuilder(new Graph({ block }), mode, frozenThrough(stages, freeze)), recipe, batch);
}

/** The same network in two graphs: what a frozen backbone makes of a picture, and the head that learns from it. */
export function splitNetwork({ architecture, input }: NetworkRecipe, mode: Mode, batch: Dimension) {
  const net = new SplitBuilder(new Graph(), mode);
  const { logit } = lay(net, { architecture, input }, batch);
  const { headNet, pooled } = net;
  if (headNet === undefined || pooled === undefined)
    throw new UserError(
      "bad-options",
      "The network does not lay its head by net.head(), so nothing can be kept of a frozen backbone.",
    );
  const [x] = headNet.graph.inputs as [Value];
  const width = pooled.shape[1] as number;
  const recipe: NetworkRecipe = { architecture, input: { channels: width, height: 1, width: 1 }, headOf: input };
  return {
    backbone: { graph: net.graph, net, pooled },
    head: { graph: headNet.graph, net: headNet, logit, features: x, recipe },
  };
}

function lay(net: NetworkBuilder, recipe: NetworkRecipe, batch: Dimension): BuiltNetwork {
  const { channels, height, width } = recipe.input;
  const x = net.graph.input("x", [batch, channels, height, width]);
  const laid = architectureOf(recipe).build(net, x);
  const { shape } = laid.logit;
  // A column [batch, 1] would meet the labels [batch] as a table of all pairs, and train on them.
  if (shape.length !== 1 || shape[0] !== batch)
    throw new UserError(
      "bad-options",
      `The logit that build returns has the shape [${shape.join(", ")}], but must be one number a row, [${batch}]. ` +
        "End with reshape(g, logit, { shape: [logit.shape[0]!] }).",
    );
  return { graph: net.graph, net, ...laid };
}

/** One's own as it is, the table's with its options. */
function architectureOf({ architecture: given }: NetworkRecipe): OwnArchitecture {
  if ("build" in given) return given;
  const entry: Architecture = lookUp(architectures, "architecture", given.name);
  const options = parseOptions(entry, `architecture "${given.name}"`, given.options);
  return { stages: entry.stages, build: (net, input) => entry.build(net, input, options) };
}
