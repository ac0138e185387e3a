import type { OptimizerState, ParameterBuffer } from "./optimizer.ts";

/** One array of zeros a parameter. */
export function zeroSlots(parameters: readonly ParameterBuffer[]): Float32Array[] {
  return parameters.map(({ data }) => new Float32Array(data.length));
}

/** `{ "m/<parameter>": … }` for every slot. */
export function namedSlots(parameters: readonly ParameterBuffer[], slots: Readonly<Record<string, Float32Array[]>>) {
  return Object.fromEntries(
    Object.entries(slots).flatMap(([slot, arrays]) =>
      arrays.map((data, i) => [`${slot}/${parameters[i]!.name}`, data] as const),
    ),
  );
}

/** Copies a saved state into the arrays of the same names; throws RangeError where one is missing or of another length. */
export function loadSlots(
  parameters: readonly ParameterBuffer[],
  slots: Readonly<Record<string, Float32Array[]>>,
  { slots: saved }: OptimizerState,
): void {
  for (const [name, data] of Object.entries(namedSlots(parameters, slots))) {
    if (saved[name]?.length !== data.length)
      throw new RangeError(
        `The optimizer's state has no ${name} of ${data.length} numbers: it is of another optimizer or network.`,
      );
    data.set(saved[name]);
  }
}
