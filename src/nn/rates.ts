import { UserError, unknownName } from "../core/errors.ts";
import { type Frozen, isHead, isUnder } from "./stages.ts";

/** Factors on the learning rate, after Howard and Ruder, Universal Language Model Fine-tuning, 2018. */
export interface Rates {
  /** Of everything but the head; 1 where absent. */
  readonly backboneRate?: number | undefined;
  /** Of the parameters whose names begin so, whatever `backboneRate` is; the longest prefix wins. */
  readonly rates?: readonly { readonly prefix: string; readonly factor: number }[] | undefined;
}

/** The factor of each parameter. Throws UserError for a prefix that no parameter has, or whose parameters do not learn at all. */
export function rateFactors(
  parameters: readonly string[],
  frozen: Frozen,
  { backboneRate = 1, rates = [] }: Rates,
): (parameter: string) => number {
  for (const { prefix } of rates) {
    const meant = parameters.filter((name) => isUnder(name, prefix));
    if (meant.length === 0) throw unknownName("prefix of parameters in rates", prefix, knownPrefixes(parameters));
    if (meant.every(frozen)) throw withoutEffect(`The rate of ${prefix}`);
  }
  if (backboneRate !== 1 && parameters.every((name) => isHead(name) || frozen(name)))
    throw withoutEffect("The rate of the backbone");
  const longestFirst = [...rates].sort((a, b) => b.prefix.length - a.prefix.length);
  return (parameter) =>
    longestFirst.find(({ prefix }) => isUnder(parameter, prefix))?.factor ?? (isHead(parameter) ? 1 : backboneRate);
}

/** First parts of the names: "layer1.0.conv1.weight" stands under layer1. */
function knownPrefixes(parameters: readonly string[]): string[] {
  return [...new Set(parameters.map((name) => name.split(".")[0]!))];
}

function withoutEffect(what: string): UserError {
  return new UserError(
    "bad-options",
    `${what} has no effect: nothing that it means learns. Freeze less, or leave the rate out.`,
  );
}
