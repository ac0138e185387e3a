import { UserError } from "../core/errors.ts";
import type { Dataset } from "../data/manifest.ts";
import { seenInTraining } from "../evaluate/seen.ts";
import type { ModelFile } from "../model/modelFile.ts";

/**
 * No backbone may have seen an evaluation fold or a fake that the imbalance takes away: here every picture is one or the
 * other. Throws UserError where the backbone learnt from any picture or group of the dataset; the sentences returned
 * are about what cannot be told for sure.
 */
export function requireUnseen(
  { path, metadata }: Pick<ModelFile, "path" | "metadata">,
  dataset: Pick<Dataset, "name" | "samples" | "manifestSha256" | "facts">,
): string[] {
  const { training } = metadata;
  const seen = seenInTraining(metadata, dataset.samples, dataset);
  // Groups compare by name where the names come from one place; elsewhere equal names are chance ("account-12").
  const known = new Set(training.samples.filter(({ part }) => part !== "test").map(({ group }) => group));
  const named = new Set(dataset.samples.map(({ group }) => group).filter((group) => known.has(group))).size;
  const same =
    training.manifestSha256 === dataset.manifestSha256 || training.dataset === dataset.name || seen.samples > 0;
  const groups = same ? named : 0;
  if (seen.samples > 0 || groups > 0 || training.manifestSha256 === dataset.manifestSha256)
    throw new UserError(
      "bad-model",
      `The backbone ${path} was trained on ${training.dataset}, and ${seen.samples} of the ${dataset.samples.length} pictures and ${groups} groups of ${dataset.name} were in that training: it has seen pictures that judge here, and every strategy would look better than it is. Pass a --backbone that was trained on other data, or compare on other pictures.`,
    );
  return [
    ...(seen.nearDuplicates > 0
      ? [
          `${seen.nearDuplicates} of the ${dataset.samples.length} pictures look like one that the backbone learnt from (perceptual hash; screens of one template do, too).`,
        ]
      : []),
    ...(named > 0
      ? [
          `${named} groups have the name of a group of the backbone's training set, ${training.dataset}. Where both sets come from one source, it has seen these groups.`,
        ]
      : []),
  ];
}
