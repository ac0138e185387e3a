import type { z } from "zod";
import type { Entry } from "../../core/table.ts";
import type { Graph, Value } from "../../onnx/graph.ts";

/** How wrong a logit is about one picture, laid into the training graph; its gradient follows from its operators. */
export interface Loss<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  /** logits [batch]; labels [batch], 1 for fake -> losses, 0 and above [batch] */
  perSample(g: Graph, logits: Value, labels: Value, options: z.infer<O>): Value;
}
