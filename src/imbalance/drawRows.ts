import type { Rng } from "../core/rng.ts";
import type { Classes } from "./classes.ts";
import type { Draw } from "./plan.ts";

/**
 * The rows of an epoch, in the order of the train part. Fewer than a class has: some of them, none twice. More: all of
 * them, and the rest drawn with replacement.   // [draw.real + draw.fake]
 *
 * @param rng of the epoch where every epoch draws anew, of the run otherwise
 */
export function drawRows({ real, fake }: Classes, draw: Draw, rng: Rng): Int32Array {
  const of = (rows: readonly number[], count: number, own: Rng) =>
    count <= rows.length
      ? own.shuffle(rows).slice(0, count)
      : [...rows, ...Array.from({ length: count - rows.length }, () => own.pick(rows))];
  const rows = [...of(real, draw.real, rng.fork("real")), ...of(fake, draw.fake, rng.fork("fake"))];
  return Int32Array.from(rows.sort((a, b) => a - b));
}
