import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import golden from "../../test/golden/representations/ela.json" with { type: "json" };
import { createRng } from "../core/rng.ts";
import type { DecodedImage, Pixels } from "../image/codec.ts";
import { resave } from "../image/perturb.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { ela } from "./ela.ts";

describe.each(golden)("$name", ({ file, planes }) => {
  it.each(planes)(
    "equals Pillow to the last level: quality $quality, scale $scale",
    async ({ quality, scale, levels }) => {
      const image = await codec.decode(Buffer.from(file, "base64"));
      const how =
        typeof scale === "number" ? ({ scale: "fixed", gain: scale } as const) : ({ scale: "max", gain: 15 } as const);
      const { data } = await ela.compute(image, { quality, ...how }, codec);
      const expected = new Uint8Array(inflateSync(Buffer.from(levels, "base64")));
      expect(Uint8Array.from(data, (value) => Math.round(value * 255))).toEqual(expected);
    },
  );
});

it("gives the same in bands as in one piece", async () => {
  const rng = createRng("bands");
  const [width, height] = [19, 1100];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => 100 + 60 * Math.sin(i / 50) + rng.integer(40));
  const pixels = { width, height, channels: 3, data } as const;
  const image = await codec.decode(await codec.encodePng(pixels));
  const whole = await resave(pixels, { quality: 90 }, codec);
  for (const scale of ["fixed", "max"] as const) {
    const planes = await ela.compute(image, { quality: 90, scale, gain: 1 }, codec);
    const difference = data.map((value, i) => Math.abs(value - whole.data[i]!));
    const factor = scale === "fixed" ? 1 : Math.fround(255 / Math.max(...difference));
    const expected = new Float32Array(data.length);
    for (const [i, d] of difference.entries())
      expected[(i % 3) * width * height + Math.floor(i / 3)] = Math.floor(Math.fround(d * factor)) / 255;
    expect(Buffer.from(planes.data.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
  }
});

describe("the gate", () => {
  /** Smooth waves and noise: a picture that no codec has touched. */
  const scene = (width: number, height: number): Pixels => {
    const rng = createRng("scene");
    const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
      return 128 + 70 * Math.sin(x / 23 + (i % 3)) * Math.cos(y / 17) + 4 * rng.normal();
    });
    return { width, height, channels: 3, data };
  };
  const asPng = async (pixels: Pixels): Promise<DecodedImage> => codec.decode(await codec.encodePng(pixels));
  const because = (image: DecodedImage, quality = 90) => {
    const answer = ela.applicability(image, { quality });
    return answer.applies ? "applies" : answer.because;
  };

  it("refuses a lossless picture that was never a JPEG, and takes one that was", async () => {
    const pixels = scene(136, 104);
    expect(because(await asPng(pixels))).toMatch(/PNG and shows no 8 x 8 grid/);
    for (const quality of [75, 95])
      expect(because(await asPng(await resave(pixels, { quality }, codec)))).toBe("applies");
  });

  it("refuses a picture whose grid was shifted by a crop", async () => {
    const { width, data } = await resave(scene(208, 168), { quality: 80 }, codec);
    const rows = Array.from({ length: 160 }, (_, y) =>
      data.subarray(3 * ((y + 5) * width + 3), 3 * ((y + 5) * width + 203)),
    );
    const cropped = {
      width: 200,
      height: 160,
      channels: 3,
      data: Uint8Array.from(rows.flatMap((row) => [...row])),
    } as const;
    expect(because(await asPng(cropped))).toMatch(/no 8 x 8 grid/);
  });

  it("takes a JPEG, but not one saved far below the quality of the extra save", async () => {
    const saved = async (quality: number) => codec.decode(await codec.encodeJpeg(scene(64, 64), { quality }));
    expect(because(await saved(85))).toBe("applies");
    expect(because(await saved(40))).toMatch(/JPEG quality 40, far below the 90/);
    expect(because(await saved(40), 50)).toBe("applies");
  });

  it("refuses what is too small, or wider than JPEG holds", async () => {
    expect(because(await asPng(scene(31, 100)))).toMatch(/31 x 100.*at least 32/);
    const wide = { width: 66_000, height: 32, channels: 3, data: new Uint8Array(66_000 * 32 * 3) } as const;
    expect(because(await asPng(wide))).toMatch(/at most 65500/);
  });

  it("has no grid in a flat picture", async () => {
    const flat = { width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3).fill(200) } as const;
    expect(because(await asPng(flat))).toMatch(/no 8 x 8 grid/);
  });
});
