import type { z } from "zod";
import type { Entry } from "../../core/table.ts";
import type { Graph, Value } from "../../onnx/graph.ts";

/** How wrong a logit is, as nodes of the training graph. */
export interface Loss<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  /** The loss of each row, at least 0; `labels`: 1 for fake, 0 for real   // [batch], [batch] -> [batch] */
  perSample(g: Graph, logits: Value, labels: Value, options: z.infer<O>): Value;
}
