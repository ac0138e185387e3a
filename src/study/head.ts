import type { OwnArchitecture } from "../nn/build.ts";
import type { NetworkBuilder } from "../nn/builder.ts";
import { heNormal, zeros } from "../nn/init.ts";
import { dense } from "../nn/layers.ts";
import type { NamedTensors } from "../nn/network.ts";
import type { Value } from "../onnx/graph.ts";
import { relu, reshape } from "../onnx/operators/index.ts";

/**
 * logit = w . (x - mean) / deviation + b, or with hidden units w2 . relu(W1 (x - mean) / deviation + b1) + b2.
 *
 * Linear is the default, and what a comparison should run on: the loss is convex, so that every strategy is judged by
 * its optimum and not by where its training happened to end; it starts at 0 for all, so that "the same initial
 * weights" holds to the bit; and a member is a few hundred numbers, so that an ensemble of a hundred costs seconds.
 */
export function headArchitecture(units: number): OwnArchitecture {
  return {
    build(net: NetworkBuilder, input: Value) {
      const g = net.graph;
      const x = reshape(g, input, { shape: [input.shape[0]!, input.shape[1] as number] });
      const hidden = units === 0 ? x : relu(g, dense(net, "head.dense", x, { units, init: heNormal }));
      const logit = dense(net, "head.logit", hidden, { units: 1, init: zeros }); // [batch, 1]
      return { logit: reshape(g, logit, { shape: [logit.shape[0]!] }) };
    },
  };
}

/** How the columns of a train part are brought to mean 0 and deviation 1. */
export interface Scale {
  readonly mean: Float64Array; // [width]
  /** 1 where a column does not vary   // [width] */
  readonly deviation: Float64Array;
}

/** Float32 tells no smaller part of a number apart: a column that varies less is constant, and what varies is its mean's rounding. */
const rounding = 1e-6;

/** Of these rows of a table   // values [n, width] */
export function scaleOf(values: Float32Array, width: number, rows: ArrayLike<number>): Scale {
  const [mean, deviation] = [new Float64Array(width), new Float64Array(width)];
  for (let r = 0; r < rows.length; r++)
    for (let c = 0, at = rows[r]! * width; c < width; c++, at++) mean[c]! += values[at]! / rows.length;
  for (let r = 0; r < rows.length; r++)
    for (let c = 0, at = rows[r]! * width; c < width; c++, at++)
      deviation[c]! += (values[at]! - mean[c]!) ** 2 / rows.length;
  for (let c = 0; c < width; c++) {
    const found = Math.sqrt(deviation[c]!);
    deviation[c] = found > rounding * Math.abs(mean[c]!) ? found : 1;
  }
  return { mean, deviation };
}

/** (x - mean) / deviation of these rows   // [rows, width] */
export function scaled(
  values: Float32Array,
  width: number,
  rows: ArrayLike<number>,
  { mean, deviation }: Scale,
): Float32Array {
  const x = new Float32Array(rows.length * width);
  for (let r = 0, to = 0; r < rows.length; r++)
    for (let c = 0, from = rows[r]! * width; c < width; c++, from++, to++)
      x[to] = (values[from]! - mean[c]!) / deviation[c]!;
  return x;
}

/** A trained head as numbers, its scale folded in: first layer, its biases, and with hidden units w2 and b2. */
export type Head = Float32Array;

/** W / deviation, b - W (mean / deviation) */
export function foldHead(tensors: NamedTensors, units: number, width: number, { mean, deviation }: Scale): Head {
  const name = units === 0 ? "head.logit" : "head.dense";
  const outputs = Math.max(1, units);
  const weight = tensors[`${name}.weight`]!.data; // [outputs, width]
  const bias = tensors[`${name}.bias`]!.data; // [outputs]
  const folded = new Float32Array(outputs * width);
  const shifted = Float32Array.from(bias, (b, o) => {
    let sum = b;
    for (let c = 0; c < width; c++) {
      folded[o * width + c] = weight[o * width + c]! / deviation[c]!;
      sum -= folded[o * width + c]! * mean[c]!;
    }
    return sum;
  });
  const rest = units === 0 ? [] : [...tensors["head.logit.weight"]!.data, ...tensors["head.logit.bias"]!.data];
  return Float32Array.from([...folded, ...shifted, ...rest]);
}

/** Of linear heads the one whose logit is the mean of theirs: an ensemble of any size answers as fast as one. */
export function meanHead(heads: readonly Head[]): Float64Array {
  const mean = new Float64Array(heads[0]!.length);
  for (const head of heads) for (let i = 0; i < mean.length; i++) mean[i]! += head[i]! / heads.length;
  return mean;
}

/** What a head answers to these rows of a table   // [rows] */
export function headLogits(
  head: ArrayLike<number>,
  units: number,
  values: Float32Array,
  width: number,
  rows: ArrayLike<number>,
): Float64Array {
  const outputs = Math.max(1, units);
  const logits = new Float64Array(rows.length);
  for (let r = 0; r < rows.length; r++) {
    let logit = units === 0 ? 0 : head[outputs * (width + 2)]!;
    for (let o = 0; o < outputs; o++) {
      let sum = head[outputs * width + o]!;
      for (let c = 0, x = rows[r]! * width, w = o * width; c < width; c++, x++, w++) sum += values[x]! * head[w]!;
      logit += units === 0 ? sum : Math.max(0, sum) * head[outputs * (width + 1) + o]!;
    }
    logits[r] = logit;
  }
  return logits;
}
