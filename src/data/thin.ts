import { UserError } from "../core/errors.ts";
import { showRatio } from "../core/ratio.ts";
import type { Rng } from "../core/rng.ts";
import type { Part, Sample, Samples } from "../core/sample.ts";

/** A part whose fakes were thinned, and what was left out of it; both in the order that they had. */
export interface Thinned<S> {
  readonly kept: S;
  readonly discarded: readonly Sample[];
}

/**
 * Leaves out fakes of one part at random, picture by picture, until one is left for `realPerFake` genuine ones:
 *   fakes kept = round(real / realPerFake), at least 1
 * Every genuine picture is kept. A picture's place in the draw comes from its SHA-256 alone, so the fakes of 1:100 are
 * among those of 1:10, and those of one seed do not depend on the order of the samples or on which others there are.
 * Throws UserError (bad-dataset) where there are fewer fakes than that, naming the ratio that can be had.
 */
export function thin<S extends Part>(samples: Samples<S>, realPerFake: number, rng: Rng): Thinned<Samples<S>>;
export function thin(samples: readonly Sample[], realPerFake: number, rng: Rng): Thinned<readonly Sample[]>;
export function thin(samples: readonly Sample[], realPerFake: number, rng: Rng): Thinned<readonly Sample[]> {
  const fakes = samples.filter(({ label }) => label === "fake");
  const real = samples.length - fakes.length;
  const wanted = Math.max(1, Math.round(real / realPerFake));
  if (fakes.length === 0)
    throw new UserError("bad-dataset", `There is no fake among ${real} genuine pictures: nothing can be thinned.`);
  if (wanted > fakes.length)
    throw new UserError(
      "bad-dataset",
      `${showRatio(realPerFake)} asks for ${wanted} fakes beside ${real} genuine pictures, and there are ${fakes.length}. What can be had: ${showRatio(real / fakes.length)}, or fewer fakes.`,
    );
  const drawn = fakes
    .map((sample) => ({ sample, at: rng.fork(sample.sha256).uniform() }))
    .sort((a, b) => a.at - b.at || (a.sample.path < b.sample.path ? -1 : 1));
  const chosen = new Set(drawn.slice(0, wanted).map(({ sample }) => sample));
  const isKept = (sample: Sample) => sample.label === "real" || chosen.has(sample);
  return { kept: samples.filter(isKept), discarded: samples.filter((sample) => !isKept(sample)) };
}
