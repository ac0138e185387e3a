import { workerData } from "piscina";
import { UserError } from "../core/errors.ts";
import { oneByOne, type Refusal, refusal } from "../data/crew.ts";
import type { DecodeLimits } from "../image/codec.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { openModel } from "../model/predict.ts";
import type { Detection, DetectOptions, Picture } from "./detection.ts";
import { type Examiner, examineAll } from "./examine.ts";

export interface DetectorSettings {
  /** Path of the model file, and what it was when the detector was opened. */
  readonly model: string;
  readonly sha256: string;
  readonly limits: DecodeLimits | undefined;
  readonly threads: number;
}

export interface DetectJob {
  readonly pictures: Exclude<Picture, { error: unknown }>[];
  readonly options: DetectOptions;
}

export type WorkerAnswer = Detection | Refusal;

const { model: path, sha256, limits, threads } = workerData as DetectorSettings;
let opened: Promise<Examiner> | undefined;

/** From files to answers: each worker has a network of its own, so that no core waits for another. */
export default oneByOne(async ({ pictures, options }: DetectJob): Promise<WorkerAnswer[]> => {
  opened ??= open();
  const answers = await examineAll(await opened, pictures, options);
  return answers.map((answer) => ("error" in answer ? refusal(answer.error) : answer));
});

async function open(): Promise<Examiner> {
  const model = await openModel(path, { threads });
  if (model.file.sha256 !== sha256)
    throw new UserError("bad-model", `${path} has changed since it was opened. Run the command again.`);
  return { model, codec, limits };
}
