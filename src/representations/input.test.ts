import { expect, it } from "vitest";
import { resizePlanes } from "../image/resample.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { representations } from "./index.ts";
import { computeInputPlanes, type InputRecipe, inputRecipe, normalisePlanes, prepareInput } from "./input.ts";

const data = Uint8Array.from({ length: 40 * 36 * 3 }, (_, i) => (i * i) % 253);
const image = codec.encodePng({ width: 40, height: 36, channels: 3, data }).then((bytes) => codec.decode(bytes));
const recipe: InputRecipe = {
  representation: {
    name: "stack",
    options: {
      of: [
        { name: "ela", options: { quality: 80 } },
        { name: "residual", options: { kernels: "kv" } },
      ],
    },
  },
  width: 16,
  height: 12,
  fit: "resize",
  kernel: "bilinear",
  mean: [0.1, 0.2, 0.3, 0],
  deviation: [1, 2, 4, 0.5],
};

it("is the representation, then the resize, then the normalisation", async () => {
  const picture = await image;
  const planes = resizePlanes(
    await representations.ela.compute(picture, { quality: 80, scale: "fixed", gain: 15 }, codec),
    recipe,
  );
  const residual = resizePlanes(await representations.residual.compute(picture, { kernels: "kv", clip: 3 }), recipe);
  const area = 16 * 12;
  const input = await prepareInput(picture, recipe, codec);
  expect(input.length).toBe(4 * area);
  for (let i = 0; i < area; i++) {
    expect(input[i]).toBeCloseTo((planes.data[i]! - 0.1) / 1, 5);
    expect(input[2 * area + i]).toBeCloseTo((planes.data[2 * area + i]! - 0.3) / 4, 5);
    expect(input[3 * area + i]).toBeCloseTo(residual.data[i]! / 0.5, 5);
  }
  expect(normalisePlanes(await computeInputPlanes(picture, recipe, codec), recipe)).toEqual(input);
});

it("names what it does not know", async () => {
  const asked = async (name: string, options: Record<string, unknown>) =>
    computeInputPlanes(await image, { ...recipe, representation: { name, options } }, codec);
  await expect(asked("elaa", {})).rejects.toThrow(
    'Unknown representation "elaa". Did you mean "ela"? Known: rgb, ela, residual, dct, flat, ink, stack.',
  );
  await expect(asked("ela", { quality: 101 })).rejects.toMatchObject({ code: "bad-options", message: /quality/ });
  await expect(asked("ela", { colour: 1 })).rejects.toMatchObject({ code: "bad-options", message: /colour/ });
  await expect(asked("stack", { of: [{ name: "ela", options: { gain: -1 } }] })).rejects.toMatchObject({
    code: "bad-options",
  });
  await expect(prepareInput(await image, { ...recipe, mean: [0] }, codec)).rejects.toThrow(/4 channels, but 1 means/);
});

it("makes a stack as applicable as its weakest part", async () => {
  const answer = representations.stack.applicability(await image, {
    of: [
      { name: "rgb", options: {} },
      { name: "ela", options: {} },
    ],
  });
  expect(answer).toMatchObject({ applies: false });
  expect(representations.stack.applicability(await image, { of: [{ name: "rgb", options: {} }] })).toEqual({
    applies: true,
  });
});

it("crops instead of resizing where the recipe says so", async () => {
  const picture = await image;
  const crop = { ...recipe, representation: { name: "rgb", options: {} }, fit: "crop" as const };
  const planes = await computeInputPlanes(picture, crop, codec);
  expect([planes.channels, planes.height, planes.width]).toEqual([3, 12, 16]);
  const whole = await representations.rgb.compute(picture);
  // 40 x 36 to 16 x 12: the window starts at (8, 8)
  for (const [x, y] of [
    [0, 0],
    [15, 11],
  ] as const)
    expect(planes.data[y * 16 + x]).toBe(whole.data[(y + 8) * 40 + x + 8]);
});

it("reads a model of before there were crops as one that resizes", () => {
  const { fit: _, ...old } = recipe;
  expect(inputRecipe.parse(old)).toEqual(recipe);
});
