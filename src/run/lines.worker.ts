import { join } from "node:path";
import { workerData } from "piscina";
import type { Sample } from "../core/sample.ts";
import { oneByOne } from "../data/crew.ts";
import { openSample } from "../data/prepare.ts";
import { applyProtocol, applyProtocolToMask, type ProtocolName } from "../data/protocols.ts";
import { readMask } from "../data/readMask.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import type { KnownLines } from "../model/lines/fitLines.ts";
import { measureLines } from "../model/lines/measureLines.ts";

export interface LinesSettings {
  /** The dataset's root. */
  readonly root: string;
  readonly protocol: ProtocolName;
}

/** `mask`: of a fake; without one every line is genuine. */
export type LinesJob = Pick<Sample, "path" | "sha256" | "mask">;

const { root, protocol } = workerData as LinesSettings;

/** A picture's lines of text, and how much of each was edited. */
export default oneByOne(async (sample: LinesJob): Promise<KnownLines> => {
  const image = await applyProtocol(protocol, await openSample(root, sample, sharpCodec), sharpCodec);
  const { boxes, statistics } = measureLines(image.pixels);
  if (sample.mask === undefined) return { statistics, edited: new Float32Array(boxes.length) };
  const mask = applyProtocolToMask(protocol, await readMask(join(root, sample.mask), sharpCodec), sample.sha256);
  const edited = Float32Array.from(boxes, ({ left, top, width, height }) => {
    let sum = 0;
    for (let y = top; y < top + height; y++)
      for (let at = y * mask.width + left; at < y * mask.width + left + width; at++) sum += mask.data[at]!;
    return sum / (width * height);
  });
  return { statistics, edited };
});
