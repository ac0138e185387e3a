import type { Rng } from "../core/rng.ts";
import type { Samples } from "../core/sample.ts";
import { drawRows } from "../imbalance/drawRows.ts";
import { drawMixes, mixRows } from "../imbalance/mixRows.ts";
import { nearestOthers } from "../imbalance/neighbours.ts";
import type { FeatureResampling, Plan } from "../imbalance/plan.ts";

/** Rows as a plan wants them learnt, epoch after epoch without an end, each epoch in an order of its own. */
export function* rowStream(
  train: Samples<"train">,
  plan: Plan,
  {
    rows,
    made = 0,
  }: {
    readonly rows?: Int32Array | undefined /** Made-up rows, which follow those of train. */;
    readonly made?: number;
  },
  rng: Rng,
): Generator<number, never> {
  const { draw } = plan;
  const of = (label: string) => train.flatMap((sample, i) => (draw && sample.label === label ? [i] : []));
  const classes = { real: of("real"), fake: of("fake") };
  const all = Int32Array.from({ length: rows === undefined ? train.length + made : 0 }, (_, i) => i);
  for (let epoch = 0; ; epoch++) {
    const own = rng.fork(`epoch/${epoch}`);
    const drawn =
      draw === undefined
        ? (rows ?? all)
        : drawRows(classes, draw, draw.redraw === "once" ? rng.fork("once") : own.fork("draw"));
    yield* own.fork("order").shuffle(Array.from(drawn));
  }
}

/** Fakes between neighbouring fakes, such that there are as many as the plan says   // x [train, width] -> [made, width] */
export function makeRows(
  train: Samples<"train">,
  x: Float32Array,
  width: number,
  { neighbours: k, fake }: FeatureResampling,
  rng: Rng,
): Float32Array {
  const places = train.flatMap((sample, i) => (sample.label === "fake" ? [i] : []));
  const fakes = new Float32Array(places.length * width);
  for (const [to, from] of places.entries()) fakes.set(x.subarray(from * width, (from + 1) * width), to * width);
  const neighbours = nearestOthers(fakes, width, k);
  const mixes = drawMixes(Math.max(0, fake - places.length), neighbours.length, rng);
  return mixRows(fakes, { width, neighbours, k }, mixes);
}
