import { showRatio } from "../core/ratio.ts";
import type { Sample } from "../core/sample.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ModelMetadata } from "../model/metadata.ts";

/** The share of fakes that an evaluation's figures are for. */
export interface Prevalence {
  /** Of all pictures, 0..1. */
  readonly share: number;
  /** `1:k`, one fake for k genuine; absent where there is no fake. */
  readonly ratio?: string;
  /** pictures: as they are; dataset: fakes are weighted to what its dataset.json says; asked: by --prevalence. */
  readonly from: "pictures" | "dataset" | "asked";
  /** The share at which the model's probabilities mean what they say, where they were moved from it to this one. */
  readonly movedFrom?: number;
}

/**
 * What figures are for: the prevalence that was asked for, else that of a dataset whose fakes were thinned, else the
 * pictures as they are. Asked for, it moves the probabilities too, from the share that training had: `warning` says
 * where that is not known. A dataset's own changes the weights alone, for there the model is to be measured as it is.
 */
export function prevalenceOf(
  asked: number | undefined,
  { realPerFake, samples: all }: Pick<Dataset, "realPerFake" | "samples">,
  samples: readonly Sample[],
  { training }: Pick<ModelMetadata, "training">,
): { readonly prevalence: Prevalence; readonly warning?: string } {
  const own = realPerFake === undefined ? undefined : at(realPerFake, "dataset");
  if (asked === undefined) return { prevalence: own ?? ofPictures(samples) };
  const prevalence = at(asked, "asked");
  const movedFrom = training.prevalence ?? shareIn(all, training);
  if (movedFrom !== undefined && movedFrom > 0 && movedFrom < 1) return { prevalence: { ...prevalence, movedFrom } };
  return {
    prevalence,
    warning: `The model does not say how many of its training pictures were fakes, so its probabilities cannot be moved to ${showRatio(asked)}: log loss, Brier score and ECE are weighted to it, of the probabilities as they are.`,
  };
}

const at = (realPerFake: number, from: Prevalence["from"]): Prevalence => ({
  share: 1 / (1 + realPerFake),
  ratio: showRatio(realPerFake),
  from,
});

function ofPictures(samples: readonly Sample[]): Prevalence {
  const fake = samples.filter(({ label }) => label === "fake").length;
  const share = samples.length === 0 ? 0 : fake / samples.length;
  return { share, ...(fake > 0 && { ratio: showRatio((samples.length - fake) / fake) }), from: "pictures" };
}

/** Of a model from before the share was written down: by the labels of those of its training pictures that are here. */
function shareIn(all: readonly Sample[], { samples }: ModelMetadata["training"]): number | undefined {
  const trained = new Set(samples.filter(({ part }) => part === "train").map(({ sha256 }) => sha256));
  const found = all.filter(({ sha256 }) => trained.has(sha256));
  // Some of them say nothing of the rest.
  if (found.length < trained.size || found.length === 0) return undefined;
  return found.filter(({ label }) => label === "fake").length / found.length;
}
