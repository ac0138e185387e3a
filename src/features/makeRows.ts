import type { Rng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import { drawMixes, mixRows } from "../imbalance/mixRows.ts";
import { nearestOthers } from "../imbalance/neighbours.ts";
import type { FeatureResampling } from "../imbalance/plan.ts";
import type { Features } from "./features.ts";

/**
 * Fakes between neighbouring fakes of the train part, as many as the plan lacks; their vectors are held by `features`,
 * from now on, under hashes that no picture has. Each is of the group of the fake that it begins at.
 */
export async function makeRows(
  train: Samples<"train">,
  { neighbours: k, fake }: FeatureResampling,
  features: Features,
  rng: Rng,
): Promise<Sample[]> {
  const fakes = train.filter(({ label }) => label === "fake");
  const { width } = features;
  const vectors = await features.of(fakes); // [fakes, width]
  const neighbours = nearestOthers(vectors, width, k);
  const mixes = drawMixes(fake - fakes.length, neighbours.length, rng);
  const made = mixRows(vectors, { width, neighbours, k }, mixes); // [made, width]
  return mixes.map(({ place }, i): Sample => {
    const { path, group } = fakes[Math.floor(place / k)]!;
    const sample: Sample = { path: `${path} (mixed, ${i})`, sha256: `smote/${i}`, label: "fake", group };
    features.hold(sample, made.subarray(i * width, (i + 1) * width));
    return sample;
  });
}
