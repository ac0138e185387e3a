import { unknownName } from "../core/errors.ts";

/**
 * The parts of a backbone in the order of the data flow, each with the prefixes of its tensors' names. Every tensor
 * outside the head belongs to exactly one.
 */
export type Stages = Readonly<Record<string, readonly string[]>>;

/** Which tensors a training run leaves as they are. */
export type Frozen = (tensor: string) => boolean;

export const nothingFrozen: Frozen = () => false;

/** "layer1" and "layer1.0.conv1.weight" are under layer1, "layer10.weight" is not. */
export function isUnder(tensor: string, prefix: string): boolean {
  return tensor === prefix || tensor.startsWith(`${prefix}.`);
}

export function isHead(tensor: string): boolean {
  return isUnder(tensor, "head");
}

/** Everything up to and including the stage, or the whole "backbone": all but the head. Throws UserError where there is no such stage. */
export function frozenThrough(stages: Stages, last: string | undefined): Frozen {
  if (last === undefined) return nothingFrozen;
  if (last === "backbone") return (tensor) => !isHead(tensor);
  const names = Object.keys(stages);
  if (!names.includes(last)) throw unknownName("stage to freeze", last, [...names, "backbone"]);
  const prefixes = names.slice(0, names.indexOf(last) + 1).flatMap((name) => stages[name]!);
  return (tensor) => prefixes.some((prefix) => isUnder(tensor, prefix));
}
