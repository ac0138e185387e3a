import { UserError } from "../core/errors.ts";
import type { Samples } from "../core/sample.ts";

/** Places of each class in the train part. */
export interface Classes {
  readonly real: readonly number[];
  readonly fake: readonly number[];
}

/** Throws UserError where a class is missing, or where all pictures of the rarer one come from one source. */
export function classesOf(train: Samples<"train">): Classes {
  const of = (label: "real" | "fake") => train.flatMap((sample, i) => (sample.label === label ? [i] : []));
  const classes = { real: of("real"), fake: of("fake") };
  const missing = classes.real.length === 0 ? "genuine pictures" : classes.fake.length === 0 ? "fakes" : undefined;
  if (missing !== undefined)
    throw new UserError(
      "bad-dataset",
      `The train part has no ${missing}: there is nothing to balance. Add some, or choose another --split.`,
    );
  const [rare, name] =
    classes.fake.length <= classes.real.length ? [classes.fake, "fakes"] : [classes.real, "genuine pictures"];
  if (rare.length > 1 && new Set(rare.map((i) => train[i]!.group)).size === 1)
    throw new UserError(
      "bad-dataset",
      `All ${rare.length} ${name} of the train part come from one source (group ${train[rare[0]!]!.group}): a model would learn that source. Add ${name} of other sources.`,
    );
  return classes;
}
