import { lookUp, parseOptions } from "../../core/table.ts";
import type { Graph } from "../../onnx/graph.ts";
import type { PerSample } from "../trainingGraph.ts";
import { losses } from "./index.ts";
import type { Loss } from "./loss.ts";

/** An entry of the table with its options filled in, as nodes of a graph. Throws UserError for unknown ones. */
export function lossIn(graph: Graph, chosen: { readonly name: string; readonly options: unknown }): PerSample {
  const loss: Loss = lookUp(losses, "loss", chosen.name);
  const options = parseOptions(loss, `loss "${chosen.name}"`, chosen.options);
  return (logits, labels) => loss.perSample(graph, logits, labels, options);
}
