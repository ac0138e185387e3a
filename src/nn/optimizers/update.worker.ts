import { move, transferableSymbol, valueSymbol, workerData } from "piscina";
import { optimizers } from "./index.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Ranges, UpdateBuffers, UpdateJob, UpdateSettings } from "./twoThreads.ts";

const { optimizer: name, slots, ranges } = workerData as UpdateSettings;
const optimizer: Optimizer = optimizers[name];
const kept = ranges.map((range) => slots.map((slot) => within(slot, range)));

/** Updates every range; both buffers go back as they came, without a copy. */
export default function update({ weights, gradients, scalars }: UpdateJob): unknown {
  for (const [i, range] of ranges.entries())
    optimizer.update(within(weights, range), within(gradients, range), kept[i]!, scalars[i]!);
  const value: UpdateBuffers = { weights, gradients };
  return move({ [transferableSymbol]: [weights, gradients], [valueSymbol]: value });
}

function within(buffer: ArrayBuffer | SharedArrayBuffer, { start, length }: Ranges[number]): Float32Array {
  return new Float32Array(buffer, start, length);
}
