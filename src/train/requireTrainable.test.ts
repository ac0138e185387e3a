import { describe, expect, it } from "vitest";
import { parseRecipe } from "./recipe.ts";

const recipe = (changes: object) =>
  parseRecipe("r.json", { name: "r", representation: { name: "ela" }, architecture: { name: "resnet18" }, ...changes });

describe("a recipe whose parts do not fit each other", () => {
  it.each([
    [{ batchSize: 16, accumulate: 3 }, "A batch of 16 cannot be split into 3 equal parts of at least 2 pictures"],
    [{ batchSize: 16, accumulate: 16 }, "such as 32."],
    [{ freeze: "layer5" }, 'Unknown stage to freeze "layer5". Did you mean "layer1"? Known: stem, layer1, layer2,'],
    [{ rates: [{ prefix: "layr1", factor: 0.1 }] }, 'Did you mean "layer1"? Known: conv1, bn1, layer1,'],
    [{ freeze: "layer2", rates: [{ prefix: "layer1.0", factor: 0.1 }] }, "The rate of layer1.0 has no effect"],
    [{ freeze: "backbone", backboneRate: 0.1 }, "The rate of the backbone has no effect"],
    [{ average: { decay: 1 } }, "average.decay"],
  ])("%j is refused", (changes, sentence) => {
    expect(() => recipe(changes)).toThrow(sentence);
  });

  it("is accepted where they fit", () => {
    const changes = { accumulate: 4, freeze: "stem", rates: [{ prefix: "layer1.0.conv2.weight", factor: 0.1 }] };
    expect(recipe(changes)).toMatchObject({ ...changes, batchSize: 16, backboneRate: 1 });
  });
});
