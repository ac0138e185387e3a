import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { type ErrorCode, UserError } from "../core/errors.ts";
import { workerFile } from "../nn/workerFile.ts";

/** A UserError between threads, where classes are lost. */
export interface Refusal {
  readonly error: { readonly code: ErrorCode; readonly message: string };
}

/** Worker threads that all run one file with the same settings. */
export interface Crew<Job, Answer> {
  /** Jobs of one worker run in their order; a UserError of the worker arrives as one. */
  work(job: Job): Promise<Answer>;
  close(): Promise<void>;
}

/** Jobs that a worker has at hand: nothing waits for this thread, which a busy network blocks for seconds. */
export const jobsAhead = 4;

/** `file`: a module named without its ending (it is .ts or .js); its default export takes a job and is made by `oneByOne`. */
export function openCrew<Job, Answer>(file: URL, settings: object, workers = defaultWorkers()): Crew<Job, Answer> {
  const pool = new Piscina({
    ...workerFile(file),
    workerData: settings,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: jobsAhead,
  });
  return {
    async work(job) {
      const answer: Answer | Refusal = await pool.run(job);
      if (isRefusal(answer)) throw refusedBy(answer);
      return answer;
    },
    close: () => pool.destroy(),
  };
}

/** The UserError that a worker met. */
export function refusedBy({ error }: Refusal): UserError {
  return new UserError(error.code, error.message);
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === "object" && answer !== null && "error" in answer;
}

/** In the worker: one job after the other, so that the answer that is needed first is ready first. */
export function oneByOne<Job, Answer>(work: (job: Job) => Promise<Answer>): (job: Job) => Promise<Answer | Refusal> {
  let previous: Promise<unknown> = Promise.resolve();
  return (job) => {
    const answer = previous.then(() => work(job)).catch(refusal);
    previous = answer.catch(() => {});
    return answer;
  };
}

/** The words of a UserError travel; everything else is a fault of ours and stays one. */
export function refusal(error: unknown): Refusal {
  if (error instanceof UserError) return { error: { code: error.code, message: error.message } };
  throw error;
}

/** The cores but one, at most 8. */
function defaultWorkers(): number {
  return Math.max(1, Math.min(8, availableParallelism() - 1));
}
