import { join } from "node:path";
import { workerData } from "piscina";
import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import type { DecodedImage } from "../image/codec.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { oneByOne } from "./crew.ts";
import { factRow, fileFacts } from "./facts.ts";
import { historyRow, matchingRegion, type Region, untouchedRegion } from "./history.ts";
import { inLanes } from "./inLanes.ts";
import { openSample } from "./prepare.ts";
import { applyProtocol, applyProtocolToMask, type ProtocolName } from "./protocols.ts";
import { readMask } from "./readMask.ts";

export interface FloorSettings {
  readonly root: string;
  readonly protocol: ProtocolName;
}

export interface FloorItem extends Pick<Sample, "path" | "sha256"> {
  /** A fake's mask: a region outside of it is chosen. */
  readonly mask?: string;
  /** For a genuine picture: the regions to look at, as they were chosen in fakes. */
  readonly regions?: readonly Region[];
}

export interface FloorAnswer {
  /** Of the file, as the protocol leaves it. */
  readonly facts: readonly number[];
  /** One for the mask's region or for each of `regions`; absent where there is no room. */
  readonly history: readonly ({ readonly region: Region; readonly row: readonly number[] } | undefined)[];
}

const { root, protocol } = workerData as FloorSettings;

export default oneByOne((items: readonly FloorItem[]): Promise<FloorAnswer[]> => inLanes(items, 2, look));

async function look({ path, sha256, mask, regions = [] }: FloorItem): Promise<FloorAnswer> {
  const image = await applyProtocol(protocol, await openSample(root, { path, sha256 }, sharpCodec), sharpCodec);
  const chosen =
    mask === undefined ? regions.map((region) => matchingRegion(region, image.pixels)) : [await untouched(mask, image)];
  return {
    facts: factRow(fileFacts(image)),
    history: chosen.map((region) => region && { region, row: historyRow(image.pixels, region) }),
  };
}

async function untouched(path: string, { sha256, pixels }: DecodedImage): Promise<Region | undefined> {
  const mask = applyProtocolToMask(protocol, await readMask(join(root, path), sharpCodec), sha256);
  // A mask of another size belongs to another picture.
  if (mask.width !== pixels.width || mask.height !== pixels.height) return undefined;
  return untouchedRegion(mask, createRng(`history/${sha256}`));
}
