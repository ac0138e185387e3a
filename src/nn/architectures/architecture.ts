import type { z } from "zod";
import type { Entry } from "../../core/table.ts";
import type { Value } from "../../onnx/graph.ts";
import type { NetworkBuilder } from "../builder.ts";
import type { Stages } from "../stages.ts";

/** A network that answers one question about a picture: was it altered? */
export interface Architecture<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  /** Of the backbone; none where it has nothing to learn. */
  readonly stages: Stages;
  build(
    net: NetworkBuilder,
    /** [batch, c, h, w] */
    input: Value,
    options: z.infer<O>,
  ): {
    /** Above 0 for fake   // [batch] */
    readonly logit: Value;
    /** The last maps before the global pooling, which the heat map weighs   // [batch, c', h', w'] */
    readonly features: Value;
    /** Of further backbones beside the first, of the same size. */
    readonly otherFeatures?: readonly Value[];
    /** Of networks that localise: a logit for every cell of the input; logit is pooled from it   // [batch, h', w'] */
    readonly map?: Value;
    /** Where the logit has no slope of its own: what a heat map follows instead   // [batch] */
    readonly slope?: Value;
  };
}
