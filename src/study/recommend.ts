import { isDefined, showEstimate } from "../core/estimate.ts";
import type { Rng } from "../core/rng.ts";
import { pairedBootstrap } from "../metrics/pairedBootstrap.ts";
import type { ComparedRatio } from "../report/compare/comparisonData.ts";
import { type Answers, adjust, type Measured, validationStatistics } from "./measureStrategies.ts";

/** A difference counts as one below this chance of finding it where there is none. */
const level = 0.05;

/**
 * On validation alone: strategies whose PR-AUC is above the control's with p < .05, adjusted for their number; of them
 * the best, or a cheaper one that is not significantly worse than it. Cost is counted in rows that training goes
 * through, then in members: seconds differ from run to run, and a recommendation must not.
 */
export function recommend(
  answers: Answers,
  measured: ReadonlyMap<string, Measured>,
  control: string,
  aside: readonly string[],
  { rng, replicates }: { readonly rng: Rng; readonly replicates: number },
): ComparedRatio["recommended"] {
  const others = [...answers.keys()].filter((name) => name !== control && !aside.includes(name));
  const onValidation = new Map([...measured].map(([name, { validation }]) => [name, validation]));
  const differences = adjust(onValidation, others, "prAuc");
  const prAuc = (name: string) => onValidation.get(name)!.metrics.prAuc;
  const height = (name: string) => {
    const estimate = prAuc(name);
    return isDefined(estimate) ? estimate.value : -1;
  };
  const better = others.filter((name) => {
    const { estimate, pAdjusted } = differences.get(name)!;
    return isDefined(estimate) && estimate.value > 0 && pAdjusted !== null && pAdjusted < level;
  });
  const best = [...others].sort((a, b) => height(b) - height(a))[0];
  if (better.length === 0) return { name: null, why: whyNone(control, best, differences, prAuc) };

  const leader = better.reduce((first, name) => (height(name) > height(first) ? name : first));
  const toLeader = pairedBootstrap(
    new Map(better.map((name) => [name, answers.get(name)!.map(({ validation }) => validation)])),
    leader,
    validationStatistics,
    { rng: rng.fork("leader"), replicates },
  );
  const asGood = better.filter((name) => {
    const p = toLeader.get(name)!.difference?.prAuc.p;
    return name === leader || (typeof p === "number" && p >= level);
  });
  const cost = (name: string) => answers.get(name)!.map(({ cost }) => cost);
  const rows = (name: string) => cost(name).reduce((sum, { rowsSeen }) => sum + rowsSeen, 0);
  const members = (name: string) => cost(name).reduce((sum, { members }) => sum + members, 0);
  const cheapest = [...asGood].sort(
    (a, b) => rows(a) - rows(b) || members(a) - members(b) || height(b) - height(a),
  )[0]!;
  const { estimate, pAdjusted } = differences.get(cheapest)!;
  const gain = `On validation its PR-AUC is ${showEstimate(prAuc(cheapest))}, ${showEstimate(estimate)} above ${control}'s (p ${shown(pAdjusted)}, adjusted for ${others.length} strategies).`;
  const rivals = asGood.filter((name) => name !== cheapest);
  const why =
    cheapest === leader
      ? `${gain} No other is better${rivals.length > 0 ? `; ${list(rivals)} ${rivals.length === 1 ? "is" : "are"} not significantly worse, and no cheaper` : ""}.`
      : `${gain} ${leader} has ${showEstimate(prAuc(leader))}, which is not significantly better, and goes through ${(rows(leader) / rows(cheapest)).toFixed(1)} times as many rows.`;
  return { name: cheapest, why };
}

function whyNone(
  control: string,
  best: string | undefined,
  differences: ReturnType<typeof adjust>,
  prAuc: (name: string) => Measured["validation"]["metrics"]["prAuc"],
): string {
  if (best === undefined) return `No strategy beside ${control} was compared.`;
  const { estimate, pAdjusted } = differences.get(best)!;
  if (!isDefined(estimate))
    return `No difference to ${control} can be told on validation: ${estimate.undefinedBecause}.`;
  return `On validation the best of the others, ${best}, has a PR-AUC of ${showEstimate(prAuc(best))} beside ${showEstimate(prAuc(control))} of ${control}, a difference of ${showEstimate(estimate)} (p ${shown(pAdjusted)}, adjusted for ${differences.size} strategies). Hence no strategy beats doing nothing and setting the threshold.`;
}

function shown(p: number | null): string {
  return p === null ? "–" : p < 0.001 ? "below .001" : p.toFixed(3);
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
