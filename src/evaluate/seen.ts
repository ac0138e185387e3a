import type { Sample } from "../core/sample.ts";
import { nearDuplicateBits } from "../data/groups.ts";
import type { Dataset } from "../data/manifest.ts";
import { hammingDistance } from "../data/perceptualHash.ts";
import type { ModelMetadata } from "../model/metadata.ts";

/** Of the pictures evaluated, how many the model learnt from: the same bytes, or a group that it knows. */
export interface Seen {
  readonly samples: number;
  readonly groups: number;
  /** Pictures that look like one that it learnt from, by perceptual hash; screenshots of one app do, too. */
  readonly nearDuplicates: number;
}

/**
 * Compares pictures with the model's own training manifest. All parts but test count as seen: train taught it,
 * validation chose its epoch and thresholds, calibration its temperature. Groups compare by name, so only within
 * the dataset that the model was trained on; elsewhere the same bytes are what tells.
 */
export function seenInTraining(
  { training }: Pick<ModelMetadata, "training">,
  samples: readonly Sample[],
  { manifestSha256, facts }: Pick<Dataset, "manifestSha256" | "facts">,
): Seen {
  const known = training.samples.filter((sample) => sample.part !== "test");
  const hashes = new Set(known.map((sample) => sample.sha256));
  const groups = new Set(training.manifestSha256 === manifestSha256 ? known.map((sample) => sample.group) : []);
  const looks = known.flatMap(({ hash }) => hash ?? []);
  const looksKnown = ({ sha256 }: Sample) => {
    const hash = facts.get(sha256)?.perceptualHash;
    return hash !== undefined && looks.some((look) => hammingDistance(look, hash) <= nearDuplicateBits);
  };
  const met = new Set(samples.map((sample) => sample.group).filter((group) => groups.has(group)));
  return {
    samples: samples.filter((sample) => hashes.has(sample.sha256)).length,
    groups: met.size,
    nearDuplicates: samples.filter(looksKnown).length,
  };
}
