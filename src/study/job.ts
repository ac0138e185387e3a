import { createRng } from "../core/rng.ts";
import type { Samples } from "../core/sample.ts";
import { lookUp, parseOptions } from "../core/table.ts";
import { imbalance } from "../imbalance/index.ts";
import type { Plan, PriorShift } from "../imbalance/plan.ts";
import { shiftOf } from "../imbalance/plan.ts";
import type { ImbalanceStrategy } from "../imbalance/strategy.ts";
import { countOf, type Design, oddsOf } from "./design.ts";

/** A strategy of the table with its options, defaults filled in. */
export interface Chosen {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Trained on as many fakes as genuine pictures, before any was taken away: what the imbalance costs. */
export const balanced: Chosen = { name: "balanced", options: {} };

/** One head to train: what is never done twice. */
export interface Job {
  readonly strategy: Chosen;
  /** Genuine pictures for each fake; absent for the reference, which is trained before any fake is taken away. */
  readonly ratio?: number;
  readonly seed: number;
  readonly fold: number;
  readonly member: number;
  /** Of a learning curve: shares of train's fakes and genuine pictures, 0..1. */
  readonly share?: { readonly fake: number; readonly real: number };
}

/** A name that is the same in every run of the same study. */
export function keyOf({ strategy, ratio, seed, fold, member, share }: Job): string {
  const part = share === undefined ? "" : ` share ${share.fake} ${share.real}`;
  return `${ratio ?? "all"} seed ${seed} fold ${fold} ${strategy.name} ${JSON.stringify(strategy.options)} member ${member}${part}`;
}

/** Throws UserError unknown-name (with the nearest known one) and bad-options. */
export function chooseStrategy(name: string, options: unknown = {}): Chosen {
  const entry: ImbalanceStrategy = lookUp(imbalance, "strategy", name);
  return { name, options: parseOptions(entry, `strategy "${name}"`, options) };
}

export interface Planned {
  /** In the order that the plan's rows count. */
  readonly train: Samples<"train">;
  readonly plan: Plan;
  /** One each; the plan itself where it has none. */
  readonly members: readonly { readonly rows?: Int32Array; readonly priorShift: PriorShift }[];
}

/** What a strategy does with the train part of a fold. Throws UserError where it cannot be done. */
export function planOf({ strategy, ratio, seed, fold, share }: Omit<Job, "member">, design: Design): Planned {
  const whole = design.partsOf(seed, fold, ratio).train;
  const train = share === undefined ? whole : shareOf(whole, share);
  const rng = createRng(`study/plan/${seed}/${fold}/${strategy.name}`);
  const plan = strategy.name === balanced.name ? balancedPlan(train) : planBy(strategy, train, rng);
  // From the odds that training knows of to those of the ratio: moved where a curve leaves pictures out.
  const before = oddsOf(whole);
  const moved = Math.log(oddsOf(train)) - Math.log(before);
  const shifted = (shift: PriorShift): PriorShift => ({ ...shift, logOdds: shift.logOdds + moved });
  const each = plan.members?.each ?? [{ priorShift: plan.priorShift }];
  return { train, plan, members: each.map((member) => ({ ...member, priorShift: shifted(member.priorShift) })) };
}

function planBy({ name, options }: Chosen, train: Samples<"train">, rng: ReturnType<typeof createRng>): Plan {
  const entry: ImbalanceStrategy = lookUp(imbalance, "strategy", name);
  return entry.plan(train, options, rng);
}

function balancedPlan(train: Samples<"train">): Plan {
  const given = { real: countOf(train, "real"), fake: countOf(train, "fake") };
  const each = Math.min(given.real, given.fake);
  const draw = { real: each, fake: each, redraw: "once" } as const;
  return { draw, priorShift: shiftOf(draw, given) };
}

/** A part of each class, at least one picture; what stands in a smaller share stands in every larger one. */
function shareOf(train: Samples<"train">, share: { readonly fake: number; readonly real: number }): Samples<"train"> {
  const kept = new Set(
    (["real", "fake"] as const).flatMap((label) => {
      const all = train
        .filter((sample) => sample.label === label)
        .map((sample) => ({ sample, at: createRng(`study/share/${sample.sha256}`).uniform() }))
        .sort((a, b) => a.at - b.at);
      return all.slice(0, Math.max(1, Math.round(share[label] * all.length))).map(({ sample }) => sample);
    }),
  );
  return train.filter((sample) => kept.has(sample)) as unknown as Samples<"train">;
}
