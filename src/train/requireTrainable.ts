import { UserError } from "../core/errors.ts";
import type { Architecture } from "../nn/architectures/architecture.ts";
import { architectures } from "../nn/architectures/index.ts";
import { buildNetwork } from "../nn/build.ts";
import { rateFactors } from "../nn/rates.ts";
import { frozenThrough } from "../nn/stages.ts";
import { representations } from "../representations/index.ts";
import type { Representation } from "../representations/representation.ts";
import type { Recipe } from "./recipe.ts";

/** Throws a UserError where parts of a recipe do not fit each other, before any picture is read. */
export function requireTrainable(recipe: Recipe): void {
  const { architecture, representation, size, freeze, batchSize, accumulate } = recipe;
  const rows = batchSize / accumulate;
  if (!Number.isInteger(rows) || rows < 2)
    throw new UserError(
      "bad-options",
      `A batch of ${batchSize} cannot be split into ${accumulate} equal parts of at least 2 pictures. ` +
        `Choose a batch size that is a multiple of --accumulate, such as ${accumulate * Math.max(2, Math.round(rows))}.`,
    );
  const { stages } = (architectures as Record<string, Architecture>)[architecture.name]!;
  const frozen = frozenThrough(stages, freeze);
  const { channels } = (representations as Record<string, Representation>)[representation.name]!;
  const input = { channels: channels(representation.options), height: size, width: size };
  const { net, map } = buildNetwork({ architecture, input }, "inference", "batch");
  if (recipe.fit === "tiles") requireTiles(recipe, map !== undefined);
  else if (recipe.lines !== undefined)
    throw new UserError(
      "bad-options",
      `Lines of text are compared beside a network of tiles: leave out the recipe's key lines, or choose fit "tiles".`,
    );
  rateFactors(
    net.parameters.map(({ name }) => name),
    frozen,
    recipe,
  );
}

/** Tiles keep the picture's own pixels and its JPEG grid, and every cell its place. */
function requireTiles({ size, architecture, augment, freeze, features }: Recipe, localises: boolean): void {
  const refuse = (sentence: string) => {
    throw new UserError("bad-options", sentence);
  };
  if (!localises)
    refuse(`With fit "tiles" the network needs a map of cells, which ${architecture.name} has not. Choose tracenet.`);
  if (size % 32 !== 0) refuse(`The side of tiles is a multiple of 32 pixels, but size is ${size}.`);
  const { rotation, shift, shear, zoom, resize } = augment;
  if (rotation + shift + shear + zoom + resize.probability > 0)
    refuse(
      'With fit "tiles" a crop stays on its grid of 8 x 8 pixels: leave rotation, shift, shear, zoom and resize out. Flips and the rest work.',
    );
  if (freeze === "backbone" && features === "kept")
    refuse('Features of tiles are not kept: pass --features fresh, or leave out --freeze, with fit "tiles".');
}
