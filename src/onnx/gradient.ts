import { UserError } from "../core/errors.ts";
import type { Graph, Value } from "./graph.ts";
import { inLayout, nchwc } from "./layout.ts";
import { add } from "./operators/arithmetic.ts";

/**
 * Reverse-mode differentiation: adds to the graph the gradient of `target` by each value in `wrt`.
 *
 * `target` may hold several numbers (a logit for every row): the gradient is then that of their sum, which for
 * rows that do not touch each other is each row's own. A value that `target` does not depend on is an error.
 */
export function gradient(g: Graph, target: Value, wrt: readonly Value[]): Value[] {
  const reached = reachedFrom(g, wrt);
  const gradients = new Map<string, Value>([[target.name, onesLike(g, target)]]);
  for (const step of [...g.steps].reverse()) {
    const dy = gradients.get(step.output.name);
    if (dy === undefined || !reached.has(step.output.name)) continue;
    if (step.gradient === undefined) throw withoutGradient(step.operator);
    const needed = step.inputs.map((input) => reached.has(input.name));
    const contributions = step.gradient(dy, needed);
    for (const [i, input] of step.inputs.entries()) {
      const found = contributions[i];
      if (!needed[i] || found === undefined) continue;
      requireStep(g, input, wrt);
      const contribution = inLayout(g, found, input.layout);
      const known = gradients.get(input.name);
      gradients.set(
        input.name,
        known === undefined ? contribution : sum(g, known, contribution, [dy, ...contributions]),
      );
    }
  }
  return wrt.map((value) => {
    const found = gradients.get(value.name);
    if (found === undefined) throw unused(value.name);
    return found;
  });
}

/**
 * Where the contribution comes from a blocked convolution, the convolution adds to what is known: a pass less, and no
 * tensor more. Nothing else may see its result: of what the step has seen (its dy, its contributions) and of all nodes.
 */
function sum(g: Graph, known: Value, contribution: Value, seen: readonly (Value | undefined)[]): Value {
  const producer = g.producerOf(contribution);
  const adds = producer?.op === "Conv" && producer.domain === nchwc && producer.inputs.length === 2;
  const isShared =
    seen.filter((other) => other === contribution).length > 1 ||
    g.nodes.some(({ inputs }) => inputs.includes(contribution.name));
  if (!adds || isShared) return add(g, known, contribution);
  g.addInputs(contribution, "", known); // no bias
  return contribution;
}

/** Names of everything that depends on one of the values. */
function reachedFrom(g: Graph, values: readonly Value[]): Set<string> {
  const reached = new Set(values.map((value) => value.name));
  for (const node of g.nodes)
    if (node.inputs.some((input) => reached.has(input))) for (const output of node.outputs) reached.add(output);
  return reached;
}

/** A gradient that arrives at a value must be able to go on from there. */
function requireStep(g: Graph, value: Value, wrt: readonly Value[]): void {
  if (g.stepOf(value) !== undefined || wrt.some((end) => end.name === value.name)) return;
  throw withoutGradient(g.producerOf(value)?.op ?? value.name);
}

function unused(name: string): UserError {
  return new UserError(
    "bad-options",
    `The loss does not depend on ${name}: it would never learn. Use it on the path to the logit, or do not declare it.`,
  );
}

function withoutGradient(operator: string): UserError {
  return new UserError(
    "bad-options",
    `The operator ${operator} has no gradient, so nothing before it can be trained. ` +
      "Lay it by operator({ name, forward, gradient }), or keep it off the path from the parameters to the loss.",
  );
}

function onesLike(g: Graph, value: Value): Value {
  if (value.shape.length === 0) return g.constant(1);
  const shape = g.node("Shape", [value], { shape: [value.shape.length], type: "int64" });
  const one = g.node("ConstantOfShape", [shape], { shape: value.shape });
  return g.node("Add", [one, g.constant(1)], { shape: value.shape });
}
