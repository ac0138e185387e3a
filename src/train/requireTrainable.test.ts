import { describe, expect, it } from "vitest";
import { parseRecipe } from "./recipe.ts";

const recipe = (changes: object) =>
  parseRecipe("r.json", { name: "r", representation: { name: "ela" }, architecture: { name: "resnet18" }, ...changes });

const tiles = { fit: "tiles", size: 64, architecture: { name: "tracenet" } };

describe("a recipe whose parts do not fit each other", () => {
  it.each([
    [{ batchSize: 16, accumulate: 3 }, "A batch of 16 cannot be split into 3 equal parts of at least 2 pictures"],
    [{ batchSize: 16, accumulate: 16 }, "such as 32."],
    [{ freeze: "layer5" }, 'Unknown stage to freeze "layer5". Did you mean "layer1"? Known: stem, layer1, layer2,'],
    [{ rates: [{ prefix: "layr1", factor: 0.1 }] }, 'Did you mean "layer1"? Known: conv1, bn1, layer1,'],
    [{ freeze: "layer2", rates: [{ prefix: "layer1.0", factor: 0.1 }] }, "The rate of layer1.0 has no effect"],
    [{ freeze: "backbone", backboneRate: 0.1 }, "The rate of the backbone has no effect"],
    [{ average: { decay: 1 } }, "average.decay"],
    [{ fit: "tiles", size: 64 }, "needs a map of cells, which resnet18 has not. Choose tracenet."],
    [{ ...tiles, size: 72 }, "The side of tiles is a multiple of 32 pixels, but size is 72."],
    [{ ...tiles, augment: { rotation: 5 } }, "a crop stays on its grid of 8 x 8 pixels"],
    [{ ...tiles, augment: { resize: { probability: 0.1 } } }, "leave rotation, shift, shear, zoom and resize out"],
  ])("%j is refused", (changes, sentence) => {
    expect(() => recipe(changes)).toThrow(sentence);
  });

  it("is accepted where they fit", () => {
    const changes = { accumulate: 4, freeze: "stem", rates: [{ prefix: "layer1.0.conv2.weight", factor: 0.1 }] };
    expect(recipe(changes)).toMatchObject({ ...changes, batchSize: 16, backboneRate: 1 });
    const mirrored = { ...tiles, augment: { horizontalFlip: true, verticalFlip: true } };
    expect(recipe(mirrored)).toMatchObject({ fit: "tiles", augment: { verticalFlip: true } });
  });
});
