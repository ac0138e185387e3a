import { UserError } from "../core/errors.ts";
import { isDefined } from "../core/estimate.ts";
import { inLanes } from "../data/inLanes.ts";
import type { Codec, DecodedImage, DecodeLimits } from "../image/codec.ts";
import { readPicture } from "../image/readFile.ts";
import { probabilityOf } from "../model/calibration.ts";
import { examinePicture } from "../model/examinePicture.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import type { Model } from "../model/predict.ts";
import { prepareInput, representationOf } from "../representations/input.ts";
import type { Detection, DetectOptions, ModelCard, Picture } from "./detection.ts";
import { gateOf } from "./gate.ts";
import { heatMapOf } from "./heatMap.ts";
import { knownLayout } from "./knownLayout.ts";
import { fieldAt, regionsOf } from "./regions.ts";
import { verdictOf } from "./verdict.ts";

/** What looks at pictures: a model, and a codec to open them with. */
export interface Examiner {
  readonly model: Model;
  readonly codec: Codec;
  readonly limits?: DecodeLimits | undefined;
}

export function cardOf({ file: { metadata, sha256 } }: Model): ModelCard {
  return { name: metadata.name, sha256, domain: metadata.domain };
}

/** One picture. Throws UserError where it cannot be opened. */
export async function examine(
  examiner: Examiner,
  picture: Picture,
  { heatMap = false }: DetectOptions = {},
): Promise<Detection> {
  const { model } = examiner;
  if (isTiled(model)) return examineInTiles(examiner, picture, heatMap);
  const seen = await see(examiner, picture);
  if (!heatMap) return detectionOf(examiner, seen, (await model.predict(seen.x, 1))[0]!);
  const explained = await model.explain(seen.x);
  const map = heatMapOf(explained.heatMap, seen.facts, model.file.metadata.input);
  return { ...detectionOf(examiner, seen, explained.logit), heatMap: map };
}

/** One picture is decoded by libvips' threads while another's planes are computed here. */
const lanes = 2;

/** Several pictures in one run of the network; the answer for one that cannot be opened is its error. */
export async function examineAll(
  examiner: Examiner,
  pictures: readonly Picture[],
  options: DetectOptions = {},
): Promise<(Detection | { readonly error: unknown })[]> {
  const attempt = <T>(work: Promise<T>) => work.catch((error: unknown) => ({ error }));
  if (options.heatMap === true || isTiled(examiner.model)) {
    const answers = [];
    for (const picture of pictures) answers.push(await attempt(examine(examiner, picture, options)));
    return answers;
  }
  const seen = await inLanes(pictures, lanes, (picture) => attempt(see(examiner, picture)));
  const opened = seen.filter((one): one is Seen => "x" in one);
  if (opened.length === 0) return seen as { error: unknown }[];
  const row = opened[0]!.x.length;
  const x = new Float32Array(opened.length * row); // [opened, channels, height, width]
  for (const [i, one] of opened.entries()) x.set(one.x, i * row);
  const logits = await examiner.model.predict(x, opened.length);
  return seen.map((one) => ("x" in one ? detectionOf(examiner, one, logits[opened.indexOf(one)]!) : one));
}

function isTiled({ file }: Model): boolean {
  return file.metadata.input.fit === "tiles";
}

/** A picture at its own size: the map is at hand in any case, and the places that stand out with it. */
async function examineInTiles(examiner: Examiner, picture: Picture, heatMap: boolean): Promise<Detection> {
  const { model, codec } = examiner;
  const { image, ...facts } = await open(examiner, picture);
  const { logit, map } = await examinePicture(model, image, codec, { map: true });
  const detection = detectionOf(examiner, facts, logit);
  const { input, localisation } = model.file.metadata;
  const { cell = 1 } = map!;
  const size = image.pixels;
  const known = { ...detection, ...(heatMap && { heatMap: heatMapOf(map!, size, input) }) };
  if (localisation === undefined || detection.outside !== undefined) return known;
  const boxes = await knownLayout(picture.file);
  const regions = regionsOf({ ...map!, cell }, localisation.threshold, size).map((region) => {
    const field = boxes && fieldAt(region, boxes);
    return field === undefined ? region : { ...region, field };
  });
  return { ...known, regions };
}

/** What is known of a picture beside its pixels. */
interface Known {
  readonly facts: Detection["picture"];
  readonly said: Pick<Detection, "sha256" | "evidence" | "warnings" | "outside">;
}

/** A picture as the network sees it, and what else is said of it; its pixels are let go. */
interface Seen extends Known {
  /** [channels, height, width] */
  readonly x: Float32Array;
}

async function see(examiner: Examiner, picture: Picture): Promise<Seen> {
  const { image, ...known } = await open(examiner, picture);
  return { ...known, x: await prepareInput(image, examiner.model.file.metadata.input, examiner.codec) };
}

async function open(
  { model, codec, limits }: Examiner,
  picture: Picture,
): Promise<Known & { readonly image: DecodedImage }> {
  if ("error" in picture) throw picture.error;
  const bytes = picture.bytes ?? (await readPicture(picture.file, limits));
  const image = await codec.decode(bytes, limits);
  const { width, height } = image.pixels;
  const { metadata } = model.file;
  const gate = metadata.gate === "screenshot" ? gateOf(image) : undefined;
  return {
    image,
    facts: { format: image.format, width, height, orientation: image.orientation, bytes: bytes.length },
    said: {
      sha256: image.sha256,
      ...(gate?.inside === false && { outside: gate.because }),
      evidence: fileFacts(image),
      warnings: [...image.warnings, ...limitsOf(image, metadata, codec)],
    },
  };
}

function detectionOf({ model }: Examiner, { facts, said }: Known, logit: number): Detection {
  const { thresholds } = model.file.metadata;
  const probability = probabilityOf(logit, model.file.metadata.calibration);
  return {
    sha256: said.sha256,
    verdict: said.outside === undefined ? verdictOf(probability, thresholds) : "inconclusive",
    ...(said.outside !== undefined && { outside: said.outside }),
    probability,
    thresholds: { real: thresholds.real, fake: thresholds.fake },
    falseAlarmRate: falseAlarmRateOf(model, "The model"),
    model: cardOf(model),
    evidence: said.evidence,
    warnings: said.warnings,
    picture: facts,
  };
}

/** Throws UserError where the model's run has not ended: it has no thresholds then. */
export function falseAlarmRateOf({ file }: Model, path: string): number {
  const { falseAlarmRate } = file.metadata.operatingPoint;
  if (isDefined(falseAlarmRate)) return falseAlarmRate.value;
  throw new UserError(
    "bad-model",
    `${path} has no measured thresholds: ${falseAlarmRate.undefinedBecause}. Finish its run with "assay train … --resume", or pass another --model.`,
  );
}

/** Facts of the file that a person may weigh; none of them reaches the model. */
function fileFacts({ jpeg, orientation }: DecodedImage): string[] {
  const facts: string[] = [];
  if (jpeg?.quality !== undefined)
    facts.push(`Last saved as JPEG at about quality ${Math.round(jpeg.quality)}, chroma ${jpeg.subsampling}.`);
  if (orientation !== 1)
    facts.push(`The file asks to be shown turned (EXIF orientation ${orientation}); it was examined as stored.`);
  return facts;
}

/** Why this model's answer may not hold for this picture. */
function limitsOf(image: DecodedImage, { input, training, decoder }: ModelMetadata, codec: Codec): string[] {
  const warnings: string[] = [];
  const { representation, options } = representationOf(input);
  const gate = representation.applicability?.(image, options);
  if (gate?.applies === false) warnings.push(gate.because);
  if (training.protocol !== "raw")
    warnings.push(
      `The model learnt from pictures under the protocol "${training.protocol}"; its thresholds were chosen there, and this file is examined as it is.`,
    );
  if (decoder !== codec.version)
    warnings.push(
      `The model was trained with ${decoder} and this picture was decoded with ${codec.version}: probabilities may differ slightly.`,
    );
  return warnings;
}
