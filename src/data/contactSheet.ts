import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import type { Codec, Pixels } from "../image/codec.ts";
import type { Planes } from "../image/planes.ts";
import { type InputRecipe, representationOf } from "../representations/input.ts";
import { type AugmentOptions, augmentPlanes } from "./augment.ts";
import { augmentStream, type Preparation, preparePlanes } from "./prepare.ts";

export interface ContactSheetInput extends Preparation {
  readonly samples: readonly Sample[];
  readonly input: InputRecipe;
  readonly augment: AugmentOptions;
  readonly codec: Codec;
}

const rows = 6;
const versions = 4;
const gap = 4; // in pixels

/**
 * What the network gets to see, as a PNG: a row for each of six samples (both classes in turns), the planes as they
 * are on the left, four augmented versions of them beside it.
 */
export async function contactSheet({
  samples,
  augment,
  codec,
  ...preparation
}: ContactSheetInput): Promise<Uint8Array> {
  const { width, height } = preparation.input;
  const chosen = inTurns(samples).slice(0, rows);
  const sheet = paper((versions + 1) * (width + gap) + gap, chosen.length * (height + gap) + gap);
  for (const [row, sample] of chosen.entries()) {
    const tiles = [await preparePlanes(preparation, sample, codec)];
    for (let k = 1; k <= versions; k++) {
      const rng = augmentStream(`contact sheet/${k}`, sample.sha256);
      tiles.push(
        augmentPlanes(await preparePlanes(preparation, sample, codec, { options: augment, rng }), augment, rng),
      );
    }
    for (const [column, tile] of tiles.entries())
      lay(sheet, asPixels(tile, rangeOf(preparation.input)), gap + column * (width + gap), gap + row * (height + gap));
  }
  return codec.encodePng(sheet);
}

/** A few of each class, in random but fixed order. */
function inTurns(samples: readonly Sample[]): Sample[] {
  const rng = createRng("contact sheet");
  const fakes = rng.fork("fake").shuffle(samples.filter(({ label }) => label === "fake"));
  const reals = rng.fork("real").shuffle(samples.filter(({ label }) => label === "real"));
  return samples.flatMap((_, i) => [reals[i], fakes[i]]).filter((sample) => sample !== undefined);
}

function rangeOf(input: InputRecipe): readonly [number, number] {
  const { representation, options } = representationOf(input);
  return representation.range(options);
}

/** The first three planes as colours, or the first alone as grey. */
function asPixels({ channels, height, width, data }: Planes, [low, high]: readonly [number, number]): Pixels {
  const area = height * width;
  const out = new Uint8Array(area * 3);
  for (let i = 0; i < out.length; i++) {
    const channel = channels >= 3 ? i % 3 : 0;
    const value = data[channel * area + Math.floor(i / 3)]!;
    out[i] = Math.round(255 * Math.max(0, Math.min(1, (value - low) / (high - low))));
  }
  return { width, height, channels: 3, data: out };
}

function paper(width: number, height: number): Pixels {
  return { width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(255) };
}

function lay(sheet: Pixels, tile: Pixels, left: number, top: number): void {
  for (let y = 0; y < tile.height; y++) {
    const row = tile.data.subarray(3 * y * tile.width, 3 * (y + 1) * tile.width);
    sheet.data.set(row, 3 * ((top + y) * sheet.width + left));
  }
}
