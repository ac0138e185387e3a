import type { Layout } from "./layout.ts";
import { type InitializerData, type NodeDescription, serialize, type TensorDescription } from "./serialize.ts";

/** A length, or "batch" where the graph takes any number of rows. */
export type Dimension = number | "batch";
/** Lengths of a tensor's axes, the batch first. */
export type Shape = readonly Dimension[];
export type ElementType = "float32" | "int64" | "bool";
export type Attribute = number | string | readonly number[] | { readonly float: number };

/** A tensor that a graph computes, takes or holds. */
export class Value {
  /** Of the node's output, the input or the constant that it is. */
  readonly name: string;
  readonly type: ElementType;
  /** [batch, channels, height, width] of a picture or its maps, in both layouts. */
  readonly shape: Shape;
  readonly layout: Layout;

  constructor(name: string, type: ElementType, shape: Shape, layout: Layout = "plain") {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.layout = layout;
  }
}

/** What the gradient of one call of an operator needs to know. */
export interface Step {
  readonly operator: string;
  readonly inputs: readonly Value[];
  readonly output: Value;
  /** Absent where the operator has no gradient. `needed[i]`: whether the gradient of input i is wanted. */
  readonly gradient?: (dy: Value, needed: readonly boolean[]) => readonly (Value | undefined)[];
}

interface NodeResult {
  readonly shape: Shape;
  readonly type?: ElementType;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** "" is ONNX's own; "com.microsoft" holds ONNX Runtime's. */
  readonly domain?: string;
  readonly layout?: Layout;
}

/** A graph of ONNX nodes under construction. Nodes stand in the order in which they were made. */
export class Graph {
  readonly #nodes: NodeDescription[] = [];
  readonly #inputs: Value[] = [];
  readonly #outputs: Value[] = [];
  readonly #constants = new Map<string, TensorDescription>();
  readonly #producers = new Map<string, NodeDescription>();
  readonly #values = new Map<string, Value>();
  readonly #steps = new Map<string, Step>();
  readonly #made = new Map<string, Value>();
  /** By the output's name. */
  readonly #sources = new Map<string, Value>();
  /** Channels in a block of this machine's kernels (`blockWidth`); 0 keeps every tensor plain and the graph portable. */
  readonly block: number;

  constructor({ block = 0 }: { readonly block?: number } = {}) {
    this.block = block;
  }

  /** In the order in which they were made, which is one in which they can run. */
  get nodes(): readonly NodeDescription[] {
    return this.#nodes;
  }

  /** What a run has to feed: pictures, labels, parameters, statistics, masks. */
  get inputs(): readonly Value[] {
    return this.#inputs;
  }

  /** What a run can fetch, by the names given to `output`. */
  get outputs(): readonly Value[] {
    return this.#outputs;
  }

  /** A tensor that every run is given; the name is free as long as no other input has it. */
  input(name: string, shape: Shape, type: ElementType = "float32"): Value {
    const value = new Value(name, type, shape);
    this.#inputs.push(value);
    return value;
  }

  /** Floats fixed in the graph; equal constants are one. */
  constant(data: number | readonly number[], shape: readonly number[] = typeof data === "number" ? [] : [data.length]) {
    const numbers = typeof data === "number" ? [data] : data;
    return this.#constant("float32", shape, `${numbers}`, () => Float32Array.from(numbers));
  }

  /** Whole numbers fixed in the graph (shapes, axes, indices); equal constants are one. */
  integers(data: readonly number[]): Value {
    return this.#constant("int64", [data.length], `${data}`, () => BigInt64Array.from(data, (n) => BigInt(n)));
  }

  /** The value that was made under this name before, else a new one. */
  once(name: string, make: () => Value): Value {
    const known = this.#made.get(name) ?? make();
    this.#made.set(name, known);
    return known;
  }

  #constant(type: "float32" | "int64", shape: readonly number[], key: string, data: () => InitializerData): Value {
    const name = `${type}[${shape}] ${key.length < 60 ? key : `${this.#constants.size} ${key.slice(0, 40)}`}`;
    const full = `${type}[${shape}] ${key}`;
    let known = this.#constants.get(full);
    if (known === undefined) {
      known = { name, type, shape, data: data() };
      this.#constants.set(full, known);
    }
    return new Value(known.name, type, shape);
  }

  /** One ONNX node with one output. */
  node(op: string, inputs: readonly (Value | undefined)[], result: NodeResult): Value {
    return this.nodeWithOutputs(op, inputs, [result], result)[0]!;
  }

  nodeWithOutputs(
    op: string,
    inputs: readonly (Value | undefined)[],
    outputs: readonly Pick<NodeResult, "shape" | "type" | "layout">[],
    { attributes = {}, domain = "" }: Omit<NodeResult, "shape"> = {},
  ): Value[] {
    requirePlain(op, inputs, outputs, domain);
    const stem = `${op}_${this.#nodes.length}`;
    const values = outputs.map(
      ({ shape, type = "float32", layout }, i) => new Value(i ? `${stem}_${i}` : stem, type, shape, layout),
    );
    const node = {
      op,
      domain,
      name: stem,
      inputs: inputs.map((value) => value?.name ?? ""),
      outputs: values.map((value) => value.name),
      attributes,
    };
    this.#nodes.push(node);
    for (const value of values) {
      this.#producers.set(value.name, node);
      this.#values.set(value.name, value);
    }
    return values;
  }

  /** Gives the node that computes the value further inputs; "" stands for an optional one that is left out. */
  addInputs(value: Value, ...inputs: readonly (Value | "")[]): void {
    const node = this.#producers.get(value.name)!;
    node.inputs = [...node.inputs, ...inputs.map((input) => (input === "" ? "" : input.name))];
  }

  /** Makes a value an output of the graph, under a name of its own. */
  output(value: Value, name: string): Value {
    if (value.layout !== "plain") throw new Error(`The output ${name} is blocked: make it plain first.`);
    const output = new Value(name, value.type, value.shape);
    this.#outputs.push(output);
    this.#sources.set(name, value);
    return output;
  }

  /** The same numbers before nodes that only give them another shape: a copy less where they are an output. */
  numbersOf(value: Value): Value {
    const producer = this.#producers.get(value.name);
    const source = producer?.op === "Reshape" ? this.computed(producer.inputs[0]!) : undefined;
    return source?.layout === "plain" && source.type === value.type ? this.numbersOf(source) : value;
  }

  /** The nodes, of which those that compute outputs carry their names; an output that no node computes gets one. */
  #named(): NodeDescription[] {
    const names = new Map<string, string>();
    const copies: NodeDescription[] = [];
    for (const [name, source] of this.#sources)
      if (this.#producers.has(source.name) && !names.has(source.name)) names.set(source.name, name);
      else copies.push(identity(source.name, name));
    const named = (name: string) => names.get(name) ?? name;
    const rename = (node: NodeDescription) => ({
      ...node,
      inputs: node.inputs.map(named),
      outputs: node.outputs.map(named),
    });
    return [...this.#nodes, ...copies].map(rename);
  }

  /** Notes how an operator's output came about, for `gradient`. */
  record(step: Step): void {
    this.#steps.set(step.output.name, step);
  }

  /** The operators' calls, in the order in which they were made. */
  get steps(): readonly Step[] {
    return [...this.#steps.values()];
  }

  stepOf(value: Value): Step | undefined {
    return this.#steps.get(value.name);
  }

  /** The node that computes the value; undefined for inputs and constants. */
  producerOf(value: Value): NodeDescription | undefined {
    return this.#producers.get(value.name);
  }

  /** What a node computes under this name; undefined for inputs, constants and outputs. */
  computed(name: string): Value | undefined {
    return this.#values.get(name);
  }

  /**
   * The graph as an ONNX model. Inputs that `initializers` names become part of the model instead of inputs.
   * Metadata goes to metadata_props.
   */
  toModel(
    options: {
      initializers?: Readonly<Record<string, { shape: readonly number[]; data: Float32Array }>>;
      metadata?: Readonly<Record<string, string>>;
      /** For `run` of a session alone: see there. */
      sequence?: string;
    } = {},
  ): Uint8Array {
    const initializers = options.initializers ?? {};
    const held = this.#inputs.filter((input) => Object.hasOwn(initializers, input.name));
    return serialize({
      nodes: this.#named(),
      inputs: this.#inputs.filter((input) => !held.includes(input)),
      outputs: this.#outputs,
      initializers: [
        ...this.#constants.values(),
        ...held.map(({ name }) => ({ name, type: "float32" as const, ...initializers[name]! })),
      ],
      metadata: options.metadata ?? {},
      ...(options.sequence !== undefined && { sequence: options.sequence }),
    });
  }
}

/** A node of ONNX's own takes blocked numbers for plain ones: it would compute nonsense without a word. */
function requirePlain(
  op: string,
  inputs: readonly (Value | undefined)[],
  outputs: readonly Pick<NodeResult, "layout">[],
  domain: string,
): void {
  const blocked = inputs.find((input) => input?.layout === "blocked");
  const isAware = domain !== "" || op === "Reshape" || outputs.some(({ layout }) => layout === "blocked");
  if (blocked === undefined || isAware) return;
  throw new Error(
    `The node ${op} would read ${blocked.name}, which is blocked, as if it were plain. ` +
      "Lay it by an operator, operator({ name, forward, gradient }), which is handed plain tensors.",
  );
}

function identity(input: string, output: string): NodeDescription {
  return { op: "Identity", domain: "", name: `output ${output}`, inputs: [input], outputs: [output], attributes: {} };
}

/** The shape as numbers; a symbolic batch is refused. */
export function fixedShape(value: Value, why: string): number[] {
  return value.shape.map((dimension) => {
    if (dimension === "batch")
      throw new Error(`${why} needs a fixed batch size, but ${value.name} has a symbolic one.`);
    return dimension;
  });
}

/** Number of elements of one row: the product of every dimension but the first. */
export function rowSize(shape: Shape): number {
  return shape.slice(1).reduce<number>((product, dimension) => product * (dimension as number), 1);
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}
