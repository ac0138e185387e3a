import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import { lookUp, parseOptions } from "../../core/table.ts";
import type { Graph, Value } from "../../onnx/graph.ts";
import { add, concat, log, neg, reduceMean, reshape, sigmoid, sub } from "../../onnx/operators/index.ts";
import type { NetworkBuilder } from "../builder.ts";
import { type Combination, combinations } from "../combinations.ts";
import { MemberBuilder, SharedBackboneBuilder } from "../memberBuilder.ts";
import type { Architecture } from "./architecture.ts";

type Single = Readonly<Record<string, Architecture>>;

/** Added to a mean probability, so that members that are certain have a finite logit. */
const edge = 1e-12;

/** Several networks of one kind whose logits become one in the graph, so that they are one file for everyone. */
export function ensembleOf(singles: Single) {
  const options = z.object({
    of: z
      .strictObject({
        name: z.enum(Object.keys(singles)).describe("of an architecture"),
        options: z.record(z.string(), z.unknown()).default({}).describe("of that architecture"),
      })
      .default({ name: "logistic", options: {} })
      .describe("what each member is"),
    members: z.int().min(1).max(1000).default(2).describe("how many there are"),
    sharedBackbone: z.boolean().default(true).describe("whether members are heads on one backbone"),
    combine: z.enum(combinations).default("meanLogit").describe("how the members' logits become one"),
    shifts: z
      .array(z.number())
      .default([])
      .describe("of each member: log odds by which its training moved the prior, taken off its logit; none: 0"),
    threshold: z.number().default(0).describe("of a vote: the log odds above which a member votes for fake"),
  });

  return {
    summary: "Several networks of one kind, or heads on one backbone, whose answers become one",
    cite: "Breiman, Bagging Predictors, 1996; deep ensembles: Lakshminarayanan et al., 2017",
    options,
    stages: {},

    build(net, input, { of, members, sharedBackbone, ...how }) {
      if (how.shifts.length > 0 && how.shifts.length !== members)
        throw new UserError("bad-options", `An ensemble of ${members} members has ${how.shifts.length} shifts.`);
      const single = lookUp(singles, "architecture", of.name);
      const choices = parseOptions(single, `architecture "${of.name}"`, of.options);
      const lay = (member: NetworkBuilder) => single.build(member, input, choices);
      const each = Array.from({ length: members }, (_, k) => `member${k}.`);
      if (!sharedBackbone) {
        const laid = each.map((prefix) => lay(new MemberBuilder(net, (name) => prefix + name)));
        const [features, ...otherFeatures] = laid.map((one) => one.features) as [Value, ...Value[]];
        const logits = laid.map(({ logit }) => logit);
        return { features, otherFeatures, ...combined(net, logits, how) };
      }
      // Heads keep standing under `head.`, which is what a frozen backbone leaves to learn.
      const heads = each.map((prefix) => (name: string) => name.replace(/^head\./, `head.${prefix}`));
      let slope: Value | undefined;
      const { logit, features } = lay(
        new SharedBackboneBuilder(net, heads, (head, answers) => {
          const one = combined(head, answers.map(logitOf), how);
          slope = one.slope;
          return withLogit(answers[0]!, one.logit);
        }),
      );
      return { logit, features, ...(slope && { slope }) };
    },
  } satisfies Architecture<typeof options>;
}

/**
 *   z_k = logit_k - shift_k
 *   meanLogit        mean z_k: a geometric mean of the odds
 *   meanProbability  ln mean sigmoid(z_k) - ln mean sigmoid(-z_k)
 *   vote             ln (votes + 1) - ln (members - votes + 1), a vote being z_k > threshold (Laplace, 1814)
 * The same as `combine` of imbalance/posterior.ts. A vote has no slope: a heat map follows the mean logit then.
 */
function combined(
  net: NetworkBuilder,
  logits: readonly Value[],
  { combine, shifts, threshold }: { combine: Combination; shifts: readonly number[]; threshold: number },
): { logit: Value; slope?: Value } {
  const g = net.graph;
  const columns = logits.map((logit) => reshape(g, logit, { shape: [logit.shape[0]!, 1] }));
  const trained = concat(g, ...columns, { axis: 1 }); // [b, members]
  const z = shifts.length === 0 ? trained : sub(g, trained, g.constant(shifts, [shifts.length]));
  const mean = (x: Value) => reduceMean(g, x, { axes: [1] }); // [b]
  if (combine === "meanLogit") return { logit: mean(z) };
  if (combine === "meanProbability") {
    const logOf = (x: Value) => log(g, add(g, mean(sigmoid(g, x)), g.constant(edge)));
    return { logit: sub(g, logOf(z), logOf(neg(g, z))) };
  }
  if (net.mode === "training")
    throw new UserError(
      "bad-options",
      'An ensemble that votes cannot be trained as one network: a vote has no slope. Train its members (--imbalance balancedEnsemble), or choose "combine": "meanLogit".',
    );
  const share = mean(step(g, sub(g, z, g.constant(threshold))));
  const smoothed = (x: Value) => log(g, add(g, x, g.constant(1 / logits.length)));
  return { logit: sub(g, smoothed(share), smoothed(sub(g, g.constant(1), share))), slope: mean(z) };
}

/** 1 above 0, else 0. */
function step(g: Graph, x: Value): Value {
  // HardSigmoid = max(0, min(1, alpha x + beta)), as in onnx/operators/relu.ts.
  return g.node("HardSigmoid", [x], {
    shape: x.shape,
    attributes: { alpha: { float: 1e30 }, beta: { float: 0 } },
  });
}

/** A head gives its logit, or an object that holds it beside others. */
type Answer = Value | { readonly logit: Value };

function logitOf(answer: unknown): Value {
  return "logit" in (answer as Answer) ? (answer as { logit: Value }).logit : (answer as Value);
}

function withLogit<T>(answer: T, logit: Value): T {
  return ("logit" in (answer as Answer) ? { ...answer, logit } : logit) as T;
}
