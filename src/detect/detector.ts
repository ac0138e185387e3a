import { availableParallelism } from "node:os";
import { type Crew, openCrew, refusedBy } from "../data/crew.ts";
import type { Codec, DecodeLimits } from "../image/codec.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { openModel } from "../model/predict.ts";
import type { DetectJob, DetectorSettings, WorkerAnswer } from "./detect.worker.ts";
import type { DetectAllOptions, DetectOptions, Detector, Picture, PictureAnswer } from "./detection.ts";
import { cardOf, type Examiner, examine, falseAlarmRateOf } from "./examine.ts";
import { batches, inOrder, iterate } from "./inOrder.ts";

export interface DetectorOptions {
  /** Path of a model file. */
  readonly model: string;
  readonly codec: Codec;
  readonly limits?: DecodeLimits;
  /** Of the network in this thread; by default all cores. */
  readonly threads?: number;
  /** Threads of their own for many pictures; by default one a core, at most 8. */
  readonly workers?: number;
}

/** Pictures that this thread examines before workers start: those need as long to start as it does for these. */
const few = 8;
/** Pictures of one run of the network. */
const batch = 8;

/** Opens a model once; then every picture is one call. Throws UserError not-found or bad-model. */
export async function openDetector(options: DetectorOptions): Promise<Detector> {
  const { codec, limits, threads, workers = defaultWorkers() } = options;
  const model = await openModel(options.model, threads === undefined ? {} : { threads });
  try {
    falseAlarmRateOf(model, options.model);
  } catch (error) {
    await model.release();
    throw error;
  }
  const examiner: Examiner = { model, codec, limits };
  let crew: Crew<DetectJob, WorkerAnswer[]> | undefined;
  const openWorkers = () => {
    const { sha256 } = model.file;
    const settings: DetectorSettings = { model: options.model, sha256, limits, threads: threadsOf(workers) };
    crew ??= openCrew(new URL("./detect.worker", import.meta.url), settings, workers);
    return crew;
  };

  async function* detectAll(
    pictures: Iterable<Picture> | AsyncIterable<Picture>,
    { inTurn = (task) => task(), ...detectOptions }: DetectAllOptions = {},
  ): AsyncGenerator<PictureAnswer> {
    const rest = iterate(pictures);
    // Workers have sharp: with another codec this thread does all.
    const own = codec !== sharpCodec ? Number.POSITIVE_INFINITY : crew === undefined ? few : 0;
    for (let done = 0; done < own; done++) {
      const { done: over, value: picture } = await rest.next();
      if (over === true) return;
      yield await inTurn(() => examine(examiner, picture, detectOptions)).then(
        (detection) => ({ file: picture.file, detection }),
        (error: unknown) => ({ file: picture.file, error }),
      );
    }
    const jobs = batches(rest, batch);
    const ask = (items: Picture[]) => askWorkers(openWorkers(), items, detectOptions);
    // Two jobs a worker: one that it does and one that lies ready.
    for await (const answers of inOrder(jobs, 2 * workers, ask)) yield* answers;
  }

  return {
    model: cardOf(model),
    detect: (bytes, detectOptions) => examine(examiner, { file: "", bytes }, detectOptions),
    detectAll,
    async close() {
      await Promise.all([model.release(), crew?.close()]);
    },
  };
}

/** Answers in the order of the pictures; those that came without bytes keep their error and are not sent. */
async function askWorkers(
  crew: Crew<DetectJob, WorkerAnswer[]>,
  pictures: readonly Picture[],
  options: DetectOptions,
): Promise<PictureAnswer[]> {
  const whole = pictures.filter((picture) => !("error" in picture)) as DetectJob["pictures"];
  const answers = whole.length === 0 ? [] : await crew.work({ pictures: whole, options });
  return pictures.map((picture) => {
    if ("error" in picture) return { file: picture.file, error: picture.error };
    const answer = answers.shift()!;
    return "error" in answer
      ? { file: picture.file, error: refusedBy(answer) }
      : { file: picture.file, detection: answer };
  });
}

/** The cores, at most 8: every worker holds the weights. */
function defaultWorkers(): number {
  return Math.min(8, availableParallelism());
}

/** Of each worker's network, so that all together are as many as there are cores. */
function threadsOf(workers: number): number {
  return Math.max(1, Math.floor(availableParallelism() / workers));
}
