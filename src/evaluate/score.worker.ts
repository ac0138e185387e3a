import { join } from "node:path";
import { workerData } from "piscina";
import { UserError } from "../core/errors.ts";
import { createRng } from "../core/rng.ts";
import type { Sample } from "../core/sample.ts";
import { oneByOne } from "../data/crew.ts";
import { openSample } from "../data/prepare.ts";
import { applyProtocol, applyProtocolToMask, type ProtocolName } from "../data/protocols.ts";
import { readMask } from "../data/readMask.ts";
import type { DecodedImage } from "../image/codec.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { countPixels, type PixelCounts } from "../metrics/pixelCounts.ts";
import { examinePicture } from "../model/examinePicture.ts";
import { findTextLines, lumaOf } from "../model/lines/textLines.ts";
import { type Model, openModel } from "../model/predict.ts";
import { cellsOf, centrePriorCells, type PictureMap, textPriorCells } from "./cells.ts";
import { type Perturbation, perturb } from "./perturbation.ts";

export interface ScoreSettings {
  /** Path of the model file, and what it was when the evaluation began. */
  readonly model: string;
  readonly sha256: string;
  readonly threads: number;
  /** Folder that the samples' paths start from. */
  readonly root: string;
}

export interface ScoreJob {
  readonly sample: Pick<Sample, "path" | "sha256" | "label" | "mask">;
  readonly protocol: ProtocolName;
  /** After the protocol. */
  readonly perturbation?: Perturbation;
  /** Whether the map is laid over the mask; of models that localise, on pictures that are not perturbed. */
  readonly localise: boolean;
}

export interface ScoreAnswer {
  readonly logit: number;
  /** Pixels by score; of a fake with a mask, or of a genuine picture, of which no pixel is edited. */
  readonly counts?: PixelCounts;
  /** The same of the centre prior; of a fake. */
  readonly centre?: PixelCounts;
  /** The same of a map that marks every line of text; of a fake. */
  readonly text?: PixelCounts;
}

const settings = workerData as ScoreSettings;
let opened: Promise<Model> | undefined;

/** From a file to what the model says of it: each worker has a network of its own. */
export default oneByOne(async (job: ScoreJob): Promise<ScoreAnswer> => {
  opened ??= open();
  const model = await opened;
  const { sample, protocol, perturbation, localise } = job;
  const seen = await applyProtocol(protocol, await openSample(settings.root, sample, codec), codec);
  const image =
    perturbation === undefined
      ? seen
      : await perturb(seen, perturbation, createRng(`perturb/${JSON.stringify(perturbation)}/${sample.sha256}`), codec);
  const { logit, map } = await examinePicture(model, image, codec, { map: localise });
  if (!localise || map === undefined) return { logit };
  return { logit, ...(await overMask(map, image, job)) };
});

/** The map against the mask; nothing where a fake has none, or one of another size. */
async function overMask(
  map: PictureMap,
  { pixels, sha256 }: DecodedImage,
  { sample, protocol }: ScoreJob,
): Promise<Omit<ScoreAnswer, "logit">> {
  const { width, height } = pixels;
  if (sample.label === "real")
    return { counts: countPixels(cellsOf(map, { width, height, data: new Uint8Array(width * height) })) };
  if (sample.mask === undefined) return {};
  const mask = applyProtocolToMask(protocol, await readMask(join(settings.root, sample.mask), codec), sha256);
  if (mask.width !== width || mask.height !== height) return {};
  const cells = cellsOf(map, mask);
  return {
    counts: countPixels(cells),
    centre: countPixels(centrePriorCells(cells, map, pixels)),
    text: countPixels(textPriorCells(cells, map, findTextLines(lumaOf(pixels), pixels), pixels)),
  };
}

async function open(): Promise<Model> {
  const model = await openModel(settings.model, { threads: settings.threads });
  if (model.file.sha256 === settings.sha256) return model;
  throw new UserError("bad-model", `${settings.model} has changed since the evaluation began. Run the command again.`);
}
