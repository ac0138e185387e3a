import { availableParallelism } from "node:os";
import { UserError } from "../core/errors.ts";
import type { Codec, DecodeLimits } from "../image/codec.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { openModel } from "../model/predict.ts";
import { shippedModel } from "./defaultModel.ts";
import type { DetectAllOptions, Detector, Picture, PictureAnswer } from "./detection.ts";
import { cardOf, type Examiner, examine, falseAlarmRateOf } from "./examine.ts";
import { iterate } from "./inOrder.ts";
import { type DetectWorkers, openDetectWorkers } from "./workers.ts";

export interface DetectorOptions {
  /** Path of a model file; by default the one that ships with assay. */
  readonly model?: string;
  /** By default the one that the shipped model was trained with. */
  readonly codec?: Codec;
  readonly limits?: DecodeLimits;
  /** Of the network in this thread; by default all cores. */
  readonly threads?: number;
  /** Threads of their own for many pictures; by default one a core, at most 8. */
  readonly workers?: number;
}

/** Pictures that this thread examines before workers start; it goes on until they are ready. */
const few = 8;
/** Opens a model once; then every picture is one call. Throws UserError not-found or bad-model. */
export async function openDetector(options: DetectorOptions = {}): Promise<Detector> {
  const { codec = sharpCodec, limits, threads, workers = defaultWorkers() } = options;
  const path = options.model ?? requireShipped();
  const model = await openModel(path, threads === undefined ? {} : { threads });
  try {
    falseAlarmRateOf(model, path);
  } catch (error) {
    await model.release();
    throw error;
  }
  const examiner: Examiner = { model, codec, limits };
  let crew: DetectWorkers | undefined;
  let ready = false;
  const openWorkers = () => {
    crew = openDetectWorkers({ model: path, sha256: model.file.sha256, limits }, workers);
    void crew.ready.then(() => {
      ready = true;
    });
  };

  async function* detectAll(
    pictures: Iterable<Picture> | AsyncIterable<Picture>,
    { inTurn = (task) => task(), ...detectOptions }: DetectAllOptions = {},
  ): AsyncGenerator<PictureAnswer> {
    const rest = iterate(pictures);
    for (let taken = 0; !ready; taken++) {
      const { done: over, value: picture } = await rest.next();
      if (over === true) return;
      // Workers have sharp: with another codec this thread does all.
      if (taken >= few && crew === undefined && codec === sharpCodec) openWorkers();
      yield await inTurn(() => examine(examiner, picture, detectOptions)).then(
        (detection) => ({ file: picture.file, detection }),
        (error: unknown) => ({ file: picture.file, error }),
      );
    }
    yield* crew!.answers(rest, detectOptions);
  }

  const { falseAlarmRate, recall } = model.file.metadata.operatingPoint;
  return {
    model: cardOf(model),
    operatingPoint: { falseAlarmRate, recall },
    detect: (bytes, detectOptions) => examine(examiner, { file: "", bytes }, detectOptions),
    detectAll,
    async close() {
      await Promise.all([model.release(), crew?.close()]);
    },
  };
}

function requireShipped(): string {
  const path = shippedModel();
  if (path !== undefined) return path;
  throw new UserError("not-found", "This copy of assay has no models/slips.onnx. Pass the path of a model.");
}

/** The cores, at most 8: every worker holds the weights. */
function defaultWorkers(): number {
  return Math.min(8, availableParallelism());
}
