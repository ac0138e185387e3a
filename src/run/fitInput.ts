import type { Samples } from "../core/sample.ts";
import { lookUp } from "../core/table.ts";
import type { Dataset } from "../data/manifest.ts";
import type { NamedNetwork } from "../nn/build.ts";
import { representations } from "../representations/index.ts";
import type { InputRecipe } from "../representations/input.ts";
import type { Representation } from "../representations/representation.ts";
import type { Recipe } from "../train/recipe.ts";
import { knownNormalisation } from "./knownNormalisation.ts";

/** Pictures whose tiles give mean and deviation. */
const tileSample = 400;

/** The network that a recipe asks for. */
export function networkOf({ representation, architecture, size }: Recipe): NamedNetwork {
  const entry: Representation = lookUp(representations, "representation", representation.name);
  return { architecture, input: { channels: entry.channels(representation.options), height: size, width: size } };
}

/** The recipe's words made numbers: the input with its mean and deviation (of train alone), and the network's shape. */
export async function fitInput(facts: {
  recipe: Recipe;
  dataset: Dataset;
  train: Samples<"train">;
  /** Of a run that goes on: what was measured when it began. */
  known?: InputRecipe | undefined;
  workers?: number;
  onProgress?: (done: number, of: number) => void;
}): Promise<{ input: InputRecipe; network: NamedNetwork }> {
  const { recipe, dataset, train, workers, onProgress } = facts;
  const { representation, size, fit, tiles, kernel, normalise } = recipe;
  const network = networkOf(recipe);
  const { channels } = network.input;
  const plain: InputRecipe = {
    representation,
    width: size,
    height: size,
    fit,
    ...(fit === "tiles" && { overlap: tiles.overlap }),
    kernel,
    mean: new Array<number>(channels).fill(0),
    deviation: new Array<number>(channels).fill(1),
  };
  if (facts.known !== undefined) return { input: facts.known, network };
  if (normalise === "none") return { input: plain, network };
  if (normalise !== "train") return { input: { ...plain, ...normalise }, network };
  const sample = fit === "tiles" ? train.slice(0, tileSample) : train;
  const fitted = await knownNormalisation(sample, {
    root: dataset.root,
    // A tile from the middle of a picture stands for all of them.
    input: fit === "tiles" ? { ...plain, fit: "crop" } : plain,
    protocol: recipe.protocol,
    ...(workers === undefined ? {} : { workers }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return { input: { ...plain, ...fitted }, network };
}
