import { expect, it } from "vitest";
import { parseRecipe } from "../train/recipe.ts";
import { type Checkpoint, requireSameEpochs, requireSameRecipe } from "./checkpoint.ts";

const recipeOf = (changes: object) =>
  parseRecipe("test", {
    name: "test",
    representation: { name: "rgb" },
    architecture: { name: "smallcnn" },
    size: 32,
    ...changes,
  });
const checkpointOf = (recipe: object) => ({ identity: { recipe, manifestSha256: "0" } }) as unknown as Checkpoint;

it("goes on from a recipe that was written before there were remedies and calibrations, with none of them", () => {
  const { imbalance: _, calibration: __, ...early } = recipeOf({});
  expect(() => requireSameRecipe("last", checkpointOf(early), recipeOf({}))).not.toThrow();
  const remedied = recipeOf({ imbalance: { name: "oversample" } });
  expect(() => requireSameRecipe("last", checkpointOf(early), remedied)).toThrow(/another recipe: imbalance differ/);
  const other = { ...early, gone: true, seed: 2 };
  expect(() => requireSameRecipe("last", checkpointOf(other), recipeOf({}))).toThrow(/seed/);
});

it("takes more epochs of one network, and of members as many as finished ones had", () => {
  const more = recipeOf({ epochs: 40 });
  expect(() => requireSameRecipe("last", checkpointOf(recipeOf({})), more)).not.toThrow();
  expect(() => requireSameEpochs("last", checkpointOf(recipeOf({})), more)).toThrow("Resume with --epochs 30");
});

it("lets lines be compared that the run did not begin with: they are fitted after the last epoch", () => {
  const tiles = { fit: "tiles", architecture: { name: "tracenet" } };
  const compared = recipeOf({ ...tiles, lines: {} });
  expect(() => requireSameRecipe("last", checkpointOf(recipeOf(tiles)), compared)).not.toThrow();
});
