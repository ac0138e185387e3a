import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { describeTable, parseOptions } from "../../src/core/table.ts";
import type { DecodedImage } from "../../src/image/codec.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { representations } from "../../src/representations/index.ts";
import type { Representation } from "../../src/representations/representation.ts";

const rng = createRng("contracts");
const kinds = {
  black: [20, 14, () => 0],
  white: [20, 14, () => 255],
  noise: [33, 17, () => rng.integer(256)],
  "1x1": [1, 1, () => 77],
} as const;

const entries: [string, Representation][] = Object.entries(representations);

describe.each(entries)("%s", (name, representation) => {
  const options = parseOptions(representation, "representation", {});
  const images: Record<string, DecodedImage> = {};

  beforeAll(async () => {
    for (const [kind, [width, height, value]] of Object.entries(kinds)) {
      const pixels = {
        width,
        height,
        channels: 3,
        data: Uint8Array.from({ length: width * height * 3 }, value),
      } as const;
      images[`${kind}.png`] = await codec.decode(await codec.encodePng(pixels));
      images[`${kind}.jpg`] = await codec.decode(await codec.encodeJpeg(pixels, { quality: 85 }));
    }
  });

  it("gives the same planes twice", async () => {
    for (const image of Object.values(images))
      expect(await representation.compute(image, options, codec)).toEqual(
        await representation.compute(image, options, codec),
      );
  });

  it("gives the same planes in room of ours, whatever stood there", async () => {
    for (const image of Object.values(images)) {
      const own = await representation.compute(image, options, codec);
      const room = new Float32Array(own.data.length).fill(Number.NaN);
      expect((await representation.compute(image, options, codec, room)).data).toEqual(own.data);
    }
  });

  it("keeps the size of the picture, and has the channels that it says", async () => {
    for (const image of Object.values(images)) {
      const planes = await representation.compute(image, options, codec);
      const { width, height } = image.pixels;
      expect(planes).toMatchObject({ channels: representation.channels(options), width, height });
      expect(planes.data.length).toBe(planes.channels * width * height);
    }
  });

  it("says its range, and stays within it on black, white, noise and 1x1", async () => {
    const [low, high] = representation.range(options);
    for (const image of Object.values(images)) {
      const { data } = await representation.compute(image, options, codec);
      expect(data.every((value) => value >= low && value <= high)).toBe(true);
    }
  });

  it("leaves the picture as it was", async () => {
    for (const image of Object.values(images)) {
      const before = image.pixels.data.slice();
      await representation.compute(image, options, codec);
      expect(image.pixels.data).toEqual(before);
    }
  });

  it("gives a whole sentence where it does not apply", () => {
    for (const image of Object.values(images)) {
      const answer = representation.applicability?.(image, options);
      if (answer?.applies === false) expect(answer.because).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  it("has a docs page that names its defaults", () => {
    const page = readFileSync(new URL(`../../docs/methods/${name}.md`, import.meta.url), "utf8");
    const schema = describeTable(representations).find((entry) => entry.name === name)?.options as {
      properties?: Record<string, { default?: unknown }>;
    };
    for (const [option, { default: preset }] of Object.entries(schema.properties ?? {})) {
      const line = page.split("\n").find((candidate) => candidate.includes(`\`${option}\``));
      expect(line, `the line of option ${option}`).toBeDefined();
      if (typeof preset !== "object") expect(line).toContain(String(preset));
    }
    for (const part of ["what it does", "what to look at", "what to ignore", "when it fails", "source"])
      expect(page.toLowerCase()).toContain(part);
  });
});
