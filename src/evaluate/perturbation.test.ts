import { expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { blobs, jpegOf } from "../data/testPictures.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { perturb } from "./perturbation.ts";
import { ladder, rungName } from "./robustness.ts";

const image = await codec.decode(await jpegOf(blobs("perturbed", 96, 64)));
const after = (rung: (typeof ladder)[number], seed = "a") =>
  rung.perturbation === undefined ? Promise.resolve(image) : perturb(image, rung.perturbation, createRng(seed), codec);
const differs = (a: Uint8Array, b: Uint8Array) => a.length !== b.length || a.some((value, i) => value !== b[i]);

it.each(ladder.slice(1).map((rung) => [rungName(rung), rung] as const))(
  "%s changes pixels, keeps the name, and does so alike twice",
  async (_, rung) => {
    const [once, again] = [await after(rung), await after(rung)];
    expect(differs(once.pixels.data, image.pixels.data)).toBe(true);
    expect(differs(once.pixels.data, again.pixels.data)).toBe(false);
    expect(once.sha256).toBe(image.sha256);
    expect(once.pixels.data.length).toBe(3 * once.pixels.width * once.pixels.height);
    // A representation that reads a JPEG's tables must not read those of a file that is no more.
    const saves = rung.perturbation?.kind === "jpeg" || rung.perturbation?.kind === "messenger";
    expect(once.format).toBe(saves ? "jpeg" : "png");
    expect(once.jpeg === undefined).toBe(!saves);
  },
);

it("has the ladder begin with the picture as it is, every rung under a name of its own", () => {
  expect(ladder[0]!.perturbation).toBeUndefined();
  expect(new Set(ladder.map(rungName)).size).toBe(ladder.length);
});

it("brings the longer side down to a messenger's, and leaves a smaller picture its size", async () => {
  const small = await perturb(image, { kind: "messenger", side: 48, quality: 80 }, createRng(1), codec);
  expect([small.pixels.width, small.pixels.height]).toEqual([48, 32]);
  const same = await perturb(image, { kind: "messenger", side: 1280, quality: 80 }, createRng(1), codec);
  expect([same.pixels.width, same.pixels.height]).toEqual([96, 64]);
});

it("cuts 1 to 7 rows and columns off above and on the left", async () => {
  for (let seed = 0; seed < 12; seed++) {
    const { pixels } = await perturb(image, { kind: "crop", most: 7 }, createRng(seed), codec);
    const [left, top] = [96 - pixels.width, 64 - pixels.height];
    for (const cut of [left, top]) expect([1, 2, 3, 4, 5, 6, 7]).toContain(cut);
    expect(pixels.data[0]).toBe(image.pixels.data[3 * (top * 96 + left)]);
    expect(pixels.data.at(-1)).toBe(image.pixels.data.at(-1));
  }
});
