import type { Shape, Value } from "../onnx/graph.ts";
import { type Mode, NetworkBuilder } from "./builder.ts";
import type { Initializer } from "./init.ts";

/** Lays one network among several into a builder of all: every tensor gets a name of its own there. */
export class MemberBuilder extends NetworkBuilder {
  readonly #all: NetworkBuilder;
  readonly #nameOf: (name: string) => string;

  constructor(all: NetworkBuilder, nameOf: (name: string) => string) {
    super(all.graph, all.mode);
    this.#all = all;
    this.#nameOf = nameOf;
  }

  override modeOf(layer: string): Mode {
    return this.#all.modeOf(this.#nameOf(layer));
  }

  override parameter(name: string, shape: readonly number[], init: Initializer): Value {
    return this.#all.parameter(this.#nameOf(name), shape, init);
  }

  override statistic(name: string, shape: readonly number[], fill: number): Value {
    return this.#all.statistic(this.#nameOf(name), shape, fill);
  }

  /** The name is that of the statistic's value, which is the new one already. */
  override updateStatistic(name: string, value: Value): void {
    this.#all.updateStatistic(name, value);
  }

  override dropoutMask(name: string, shape: Shape, rate: number): Value {
    return this.#all.dropoutMask(this.#nameOf(name), shape, rate);
  }
}

/** Lays a network once, its head once for every name, and makes one answer of what the heads give. */
export class SharedBackboneBuilder extends MemberBuilder {
  readonly #all: NetworkBuilder;
  readonly #heads: readonly ((name: string) => string)[];
  readonly #together: <T>(net: NetworkBuilder, answers: readonly T[]) => T;

  constructor(
    all: NetworkBuilder,
    heads: readonly ((name: string) => string)[],
    together: <T>(net: NetworkBuilder, answers: readonly T[]) => T,
  ) {
    super(all, (name) => name);
    this.#all = all;
    this.#heads = heads;
    this.#together = together;
  }

  override head<T>(pooled: Value, lay: (net: NetworkBuilder, pooled: Value) => T): T {
    return this.#all.head(pooled, (net, x) =>
      this.#together(
        net,
        this.#heads.map((nameOf) => lay(new MemberBuilder(net, nameOf), x)),
      ),
    );
  }
}
