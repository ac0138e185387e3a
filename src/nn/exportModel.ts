import { UserError } from "../core/errors.ts";
import { gradient } from "../onnx/gradient.ts";
import { add, mul, reduceMean, reduceSum, relu, sigmoid } from "../onnx/operators/index.ts";
import type { NamedTensors } from "../onnx/tensor.ts";
import { type BuiltNetwork, buildNetwork, type NetworkRecipe } from "./build.ts";
import { requireTensors } from "./tensors.ts";

/**
 * The inference model as plain ONNX, for any runtime: the bytes of an .onnx file. Input "x" [batch, c, h, w]; outputs
 * "logit" [batch] (above 0: fake, or whatever label 1 stands for) and, where the network has features and it is not
 * declined, "heatMap" [batch, h', w'] (0 and above, in units of the logit); of a network that localises "heatMap"
 * holds the probability of every cell, 0..1, and "map" its logit. The weights are inside, `metadata` stands
 * in metadata_props. Throws a UserError where tensors are missing or of another shape.
 */
export function exportModel(
  recipe: NetworkRecipe,
  tensors: NamedTensors,
  metadata: Record<string, string> = {},
  { heatMap }: { readonly heatMap?: boolean } = {},
): Uint8Array {
  const network = buildNetwork(recipe, "inference", "batch");
  requireTensors(network.net, tensors);
  if (network.map !== undefined) {
    network.graph.output(network.map, "map");
    if (heatMap ?? true) network.graph.output(sigmoid(network.graph, network.map), "heatMap");
  } else if (heatMap ?? network.features !== undefined) addHeatMap(network);
  network.graph.output(network.logit, "logit");
  return network.graph.toModel({ initializers: tensors, metadata });
}

/**
 * Grad-CAM (Selvaraju et al., 2017): how much each place of the last maps speaks for "fake".
 *   weight of map c = mean over places of d logit / d features[c]
 *   heat = relu(sum over c of weight[c] features[c])
 * The gradient is laid into the graph like everything else, so the model needs no training to be at hand.
 */
function addHeatMap({ graph: g, logit, slope = logit, features, otherFeatures = [] }: BuiltNetwork): void {
  if (features === undefined)
    throw new UserError(
      "bad-options",
      "A heat map needs feature maps: let build return them beside the logit, or export without a heat map.",
    );
  const maps = [features, ...otherFeatures];
  const heats = gradient(g, slope, maps).map((towards, i) => {
    const weights = reduceMean(g, towards, { axes: [2, 3], keep: true }); // [batch, c, 1, 1]
    return reduceSum(g, mul(g, maps[i]!, weights), { axes: [1] });
  });
  g.output(
    relu(
      g,
      heats.reduce((sum, heat) => add(g, sum, heat)),
    ),
    "heatMap",
  ); // [batch, h', w']
}
