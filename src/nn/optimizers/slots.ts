import { UserError } from "../../core/errors.ts";
import type { OptimizerState, ParameterBuffer } from "./optimizer.ts";

/** One array of zeros a parameter. */
export function zeroSlots(parameters: readonly ParameterBuffer[]): Float32Array[] {
  return parameters.map(({ data }) => new Float32Array(data.length));
}

/** `{ "m/<parameter>": … }` for every slot. */
export function namedSlots(
  parameters: readonly ParameterBuffer[],
  slots: Readonly<Record<string, readonly Float32Array[]>>,
): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(slots).flatMap(([slot, arrays]) =>
      arrays.map((data, i) => [`${slot}/${parameters[i]!.name}`, data] as const),
    ),
  );
}

/** Copies a saved state into the arrays of the same names; a state that does not fit changes nothing. */
export function loadSlots(slots: OptimizerState["slots"], saved: OptimizerState["slots"]): void {
  const unfit = Object.keys(slots).filter((name) => saved[name]?.length !== slots[name]!.length);
  const unknown = Object.keys(saved).filter((name) => !Object.hasOwn(slots, name));
  if (unfit.length + unknown.length > 0)
    throw new UserError(
      "bad-model",
      `The optimizer's saved state does not fit this run: of ${Object.keys(slots).length} tensors ${unfit.length} are ` +
        `missing or of another size, and ${unknown.length} are unknown (first: ${unfit[0] ?? unknown[0]}). ` +
        "Resume with the recipe that the checkpoint was made with, or start a new run.",
    );
  for (const [name, slot] of Object.entries(slots)) slot.set(saved[name]!);
}
