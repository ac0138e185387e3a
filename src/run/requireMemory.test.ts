import { expect, it } from "vitest";
import { parseRecipe } from "../train/recipe.ts";
import { requireMemory } from "./requireMemory.ts";

const recipe = parseRecipe("test", {
  name: "test",
  representation: { name: "rgb" },
  architecture: { name: "smallcnn" },
  batchSize: 256,
});

it("refuses a step that does not fit, and names the parts in which it does", () => {
  requireMemory(recipe, 16e9);
  expect(() => requireMemory(recipe, 2e9)).toThrow(
    /smallcnn with 256 pictures of 128 x 128 takes about \d\.\d GB, and there are 1\.9 GB of memory\. Pass --accumulate 2 /,
  );
  requireMemory({ ...recipe, accumulate: 2 }, 2e9);
  expect(() => requireMemory(recipe, 0.1e9)).toThrow(/smaller --size/);
});
