import { z } from "zod";
import type { Value } from "../../onnx/graph.ts";
import { globalAveragePool, relu, reshape } from "../../onnx/operators/index.ts";
import type { NetworkBuilder } from "../builder.ts";
import { heNormal } from "../init.ts";
import { batchNorm, dense, dropout } from "../layers.ts";

export function headOptions(units: number) {
  return {
    headUnits: z.int().min(1).max(4096).default(units).describe("width of the dense layer before the logit"),
    dropout: z
      .number()
      .min(0)
      .max(0.95)
      .default(0.5)
      .describe("share of the dense layer's outputs dropped in training"),
  };
}

interface HeadChoices {
  readonly headUnits: number;
  readonly dropout: number;
  readonly momentum: number;
}

/**
 * The head of the classic pipeline: global average pooling, batch normalisation, dense + ReLU, dropout, dense.
 * // [batch, c, h, w] -> [batch]
 */
export function head(net: NetworkBuilder, features: Value, options: HeadChoices): Value {
  return classify(net, globalAveragePool(net.graph, features), options);
}

/**
 * What follows the pooling: batch normalisation, dense + ReLU, dropout, dense. It ends in a single logit rather than
 * two classes under softmax: the same family of functions, half the numbers.
 * // [batch, c] -> [batch]
 */
export function classify(net: NetworkBuilder, pooled: Value, options: HeadChoices): Value {
  return net.head(pooled, (head, x) => {
    const g = head.graph;
    const normal = batchNorm(head, "head.norm", x, { momentum: options.momentum });
    const hidden = relu(g, dense(head, "head.dense", normal, { units: options.headUnits, init: heNormal })); // [batch, headUnits]
    const kept = dropout(head, "head.dropout", hidden, options.dropout);
    const logit = dense(head, "head.logit", kept, { units: 1 }); // [batch, 1]
    return reshape(g, logit, { shape: [logit.shape[0]!] });
  });
}
