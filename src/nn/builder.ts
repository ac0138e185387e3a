import type { Rng } from "../core/rng.ts";
import { type Dimension, elementCount, Graph, type Shape, type Value } from "../onnx/graph.ts";
import { reshape } from "../onnx/operators/index.ts";
import type { LivingTensor } from "../onnx/tensor.ts";
import type { Initializer } from "./init.ts";
import { type Frozen, nothingFrozen } from "./stages.ts";

/**
 * Training: batch statistics, dropout, running statistics moved along. Inference: running statistics, no dropout.
 * A network built in either mode declares the same parameters and statistics in the same order.
 */
export type Mode = "training" | "inference";

/** A tensor that outlives a step: a parameter, or a running statistic. */
export interface Declaration {
  readonly name: string;
  readonly shape: readonly number[];
  readonly value: Value;
  readonly create: (rng: Rng) => Float32Array;
}

/** A dropout mask, which is an input of the training graph. */
export interface DropoutMask {
  readonly name: string;
  readonly shape: Shape;
  /** Share of zeros, 0..1. */
  readonly rate: number;
}

/** Collects what a network consists of while its layers are laid into a graph. */
export class NetworkBuilder {
  /** Where operators lay their nodes: `relu(net.graph, x)`. */
  readonly graph: Graph;
  /** What the graph is for; a layer asks `modeOf`. */
  readonly mode: Mode;
  /** In the order in which they were declared. */
  readonly parameters: Declaration[] = [];
  /** In the order in which they were declared. */
  readonly statistics: Declaration[] = [];
  /** Inputs that the trainer fills anew in every step. */
  readonly masks: DropoutMask[] = [];
  /** The statistics after the step, by name. */
  readonly updates = new Map<string, Value>();
  /** What the head sees of a picture, once `head` was called   // [batch, n] */
  pooled?: Value;
  readonly #frozen: Frozen;

  constructor(graph: Graph, mode: Mode, frozen: Frozen = nothingFrozen) {
    this.graph = graph;
    this.mode = mode;
    this.#frozen = frozen;
  }

  /** The parameters that get a gradient. */
  get learning(): readonly Declaration[] {
    return this.parameters.filter(({ name }) => !this.#frozen(name));
  }

  /** How a layer works: a frozen one works in training as in inference. */
  modeOf(layer: string): Mode {
    return this.#frozen(layer) ? "inference" : this.mode;
  }

  /**
   * Lays the head, which sees nothing of a picture but this vector. Every architecture calls it once, so that a head
   * can be trained alone on the vectors of a frozen backbone.
   */
  head<T>(pooled: Value, lay: (net: NetworkBuilder, pooled: Value) => T): T {
    this.pooled = pooled;
    return lay(this, pooled);
  }

  /** A tensor that training adjusts; an error where another has its name. */
  parameter(name: string, shape: readonly number[], init: Initializer): Value {
    return this.#declare(this.parameters, name, shape, (rng) => init(shape, rng));
  }

  /** A tensor that training keeps beside the parameters, such as a running mean; it starts filled with one number. */
  statistic(name: string, shape: readonly number[], fill: number): Value {
    return this.#declare(this.statistics, name, shape, () => new Float32Array(elementCount(shape)).fill(fill));
  }

  /** What the statistic becomes after this step (training). */
  updateStatistic(name: string, value: Value): void {
    this.updates.set(name, value);
  }

  /** An input that holds 0 with probability `rate` and 1 / (1 - rate) otherwise (training). */
  dropoutMask(name: string, shape: Shape, rate: number): Value {
    this.masks.push({ name, shape, rate });
    return this.graph.input(name, shape);
  }

  #declare(list: Declaration[], name: string, shape: readonly number[], create: (rng: Rng) => Float32Array): Value {
    if ([...this.parameters, ...this.statistics].some((known) => known.name === name))
      throw new Error(`Two tensors of a network are called ${name}.`);
    const value = this.graph.input(name, shape);
    list.push({ name, shape, value, create });
    return value;
  }
}

/** Lays the head into a graph of its own, whose input "x" is the vector; this graph keeps the backbone alone. */
export class SplitBuilder extends NetworkBuilder {
  /** Undefined until the architecture has laid its head. */
  headNet?: NetworkBuilder;

  override head<T>(pooled: Value, lay: (net: NetworkBuilder, pooled: Value) => T): T {
    const [batch, width] = pooled.shape as [Dimension, number];
    this.pooled = pooled;
    this.headNet = new NetworkBuilder(new Graph(), this.mode);
    const g = this.headNet.graph;
    // As a picture of one pixel, which is what a trainer feeds.
    return this.headNet.head(reshape(g, g.input("x", [batch, width, 1, 1]), { shape: [batch, width] }), lay);
  }
}

/** First values of every parameter and statistic, each drawn from a stream of its own name. */
export function initialTensors(net: NetworkBuilder, rng: Rng): Record<string, LivingTensor> {
  return Object.fromEntries(
    [...net.parameters, ...net.statistics].map(({ name, shape, create }) => [
      name,
      { shape, data: create(rng.fork(name)) },
    ]),
  );
}
