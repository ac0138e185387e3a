import { availableParallelism } from "node:os";
import { type Crew, openCrew, refusedBy } from "../data/crew.ts";
import type { DetectJob, DetectorSettings, WorkerAnswer } from "./detect.worker.ts";
import type { DetectOptions, Picture, PictureAnswer } from "./detection.ts";
import { batches, inOrder } from "./inOrder.ts";

/** Pictures of one run of the network. */
const batch = 8;

/** Threads that go from file to answer, each with a network of its own. */
export interface DetectWorkers {
  /** Settles when all have opened the model, or failed to, which the first answer tells. */
  readonly ready: Promise<unknown>;
  /** In the order of the pictures; few are taken ahead of the answers. */
  answers(pictures: AsyncIterable<Picture>, options: DetectOptions): AsyncGenerator<PictureAnswer>;
  close(): Promise<void>;
}

export function openDetectWorkers(settings: Omit<DetectorSettings, "threads">, workers: number): DetectWorkers {
  // The threads of all networks together are as many as the cores.
  const threads = Math.max(1, Math.floor(availableParallelism() / workers));
  const own: DetectorSettings = { ...settings, threads };
  const crew = openCrew<DetectJob, WorkerAnswer[]>(new URL("./detect.worker", import.meta.url), own, workers);
  const nothing: DetectJob = { pictures: [], options: {} };
  return {
    ready: Promise.allSettled(Array.from({ length: workers }, () => crew.work(nothing))),
    async *answers(pictures, options) {
      const ask = (some: Picture[]) => askWorkers(crew, some, options);
      // Two jobs a worker: one that it does and one that lies ready.
      for await (const answers of inOrder(batches(pictures, batch), 2 * workers, ask)) yield* answers;
    },
    close: crew.close,
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
