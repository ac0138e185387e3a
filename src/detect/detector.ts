import { UserError } from "../core/errors.ts";
import { isDefined } from "../core/estimate.ts";
import type { Codec, DecodedImage, DecodeLimits } from "../image/codec.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { openModel, probabilityOf } from "../model/predict.ts";
import { prepareInput, representationOf } from "../representations/input.ts";
import type { Detection, Detector } from "./detection.ts";
import { heatMapOf } from "./heatMap.ts";
import { verdictOf } from "./verdict.ts";

export interface DetectorOptions {
  /** Path of a model file. */
  readonly model: string;
  readonly codec: Codec;
  readonly limits?: DecodeLimits;
  readonly threads?: number;
}

/** Opens a model once; then every picture is one call. Throws UserError not-found or bad-model. */
export async function openDetector({ model: path, codec, limits, threads }: DetectorOptions): Promise<Detector> {
  const model = await openModel(path, threads === undefined ? {} : { threads });
  const { metadata, sha256 } = model.file;
  const { input, thresholds, operatingPoint } = metadata;
  const card = { name: metadata.name, sha256, domain: metadata.domain };
  const { falseAlarmRate } = operatingPoint;
  if (!isDefined(falseAlarmRate)) {
    await model.release();
    throw new UserError(
      "bad-model",
      `${path} has no measured thresholds: ${falseAlarmRate.undefinedBecause}. Finish its run with "assay train … --resume", or pass another --model.`,
    );
  }

  return {
    model: card,
    async detect(bytes, { heatMap = false } = {}): Promise<Detection> {
      const image = await codec.decode(bytes, limits);
      const x = await prepareInput(image, input, codec);
      const explained = heatMap ? await model.explain(x) : undefined;
      const logit = explained?.logit ?? (await model.predict(x, 1))[0]!;
      const probability = probabilityOf(logit, model.file);
      const { width, height } = image.pixels;
      return {
        sha256: image.sha256,
        verdict: verdictOf(probability, thresholds),
        probability,
        thresholds: { real: thresholds.real, fake: thresholds.fake },
        falseAlarmRate: falseAlarmRate.value,
        model: card,
        ...(explained ? { heatMap: heatMapOf(explained.heatMap, image.pixels, input) } : {}),
        evidence: fileFacts(image),
        warnings: [...image.warnings, ...limitsOf(image, metadata, codec)],
        picture: { format: image.format, width, height, orientation: image.orientation, bytes: bytes.length },
      };
    },
    close: () => model.release(),
  };
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
