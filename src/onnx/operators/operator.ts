import { type Graph, Value } from "../graph.ts";
import { toPlain } from "../layout.ts";

/** One use of an operator in a graph, as its gradient sees it. */
export interface Call<Inputs extends readonly Value[], Attributes, Saved> {
  readonly inputs: Inputs;
  readonly output: Value;
  readonly attributes: Attributes;
  /** What the forward part kept for its gradient besides its inputs and output. */
  readonly saved: Saved;
  /** Which inputs' gradients are wanted; the others may be left undefined. */
  readonly needed: readonly boolean[];
}

interface Definition<Inputs extends readonly Value[], Attributes, Saved> {
  /** As error messages name it. */
  readonly name: string;
  /** Whether these inputs are taken in the layout that they have; by default blocked ones are made plain first. */
  takesBlocked?(inputs: Inputs): boolean;
  forward(g: Graph, inputs: Inputs, attributes: Attributes): Value | { output: Value; saved: Saved };
  /** The gradient of a scalar by each input, given its gradient `dy` by the output (same shape and layout as the output). */
  gradient?(g: Graph, call: Call<Inputs, Attributes, Saved>, dy: Value): readonly (Value | undefined)[];
}

/** `relu(g, x)`, `add(g, a, b)`; with attributes last: `conv(g, x, weight, { stride: 2, padding: 1 })`. */
export type Operator<Inputs extends readonly Value[], Attributes> = (
  g: Graph,
  ...operands: Attributes extends undefined ? Inputs : [...Inputs, Attributes]
) => Value;

/** Makes an operator of its forward part and its gradient: calling it adds nodes to the graph and notes the call. */
export function operator<Inputs extends readonly Value[], Attributes = undefined, Saved = undefined>(
  definition: Definition<Inputs, Attributes, Saved>,
): Operator<Inputs, Attributes> {
  return (g, ...operands) => {
    const last = operands.at(-1);
    const given = operands.filter((operand) => operand instanceof Value) as readonly Value[] as Inputs;
    const asTheyAre = definition.takesBlocked?.(given) ?? false;
    const inputs = asTheyAre ? given : (given.map((input) => toPlain(g, input)) as readonly Value[] as Inputs);
    const attributes = (last instanceof Value ? undefined : last) as Attributes;
    const result = definition.forward(g, inputs, attributes);
    const output = result instanceof Value ? result : result.output;
    const saved = (result instanceof Value ? undefined : result.saved) as Saved;
    const { gradient } = definition;
    g.record({
      operator: definition.name,
      inputs,
      output,
      ...(gradient && {
        gradient: (dy, needed) => gradient(g, { inputs, output, attributes, saved, needed }, dy),
      }),
    });
    return output;
  };
}
