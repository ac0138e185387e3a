import { availableParallelism } from "node:os";
import { UserError } from "../core/errors.ts";
import { openCrew } from "../data/crew.ts";
import { inLanes } from "../data/inLanes.ts";
import { type Job, keyOf } from "./job.ts";
import type { Journal } from "./journal.ts";
import type { Running } from "./learner.ts";
import { type JobResult, openWorkbench, type StudySettings } from "./workbench.ts";

interface RunJobsOptions extends Running {
  /** Threads, each with one of the network; 0: this one. Default: one a core, at most 8. */
  readonly workers?: number | undefined;
}

/** Below it a thread takes longer to start than the work. */
const fewJobs = 8;

/** Does what the journal does not have yet. Throws UserError interrupted, with what is kept. */
export async function runJobs(
  jobs: readonly Job[],
  settings: StudySettings,
  journal: Journal,
  { workers = Math.min(8, availableParallelism()), signal, onProgress }: RunJobsOptions,
): Promise<void> {
  const missing = jobs.filter((job) => !journal.done.has(keyOf(job)));
  let done = jobs.length - missing.length;
  onProgress(done, jobs.length);
  if (missing.length === 0) return;
  const threads = missing.length < fewJobs ? 0 : workers;
  const bench = threads === 0 ? openWorkbench(settings) : openThreads(settings, threads);
  try {
    await inLanes(missing, Math.max(1, 3 * threads), async (job) => {
      if (signal?.aborted) return;
      await journal.keep(keyOf(job), await bench.work(job));
      onProgress(++done, jobs.length);
    });
  } finally {
    await bench.close();
  }
  if (signal?.aborted && done < jobs.length)
    throw new UserError(
      "interrupted",
      `Interrupted after ${done} of ${jobs.length} trainings. They are kept: the same command with --resume goes on from there.`,
    );
}

/** The table is shared between the threads, not copied. */
function openThreads(settings: StudySettings, threads: number) {
  const { table } = settings;
  const values = new Float32Array(new SharedArrayBuffer(table.values.byteLength));
  values.set(table.values);
  const samples = table.samples.map(({ path, sha256, label, group }) => ({ path, sha256, label, group }));
  const shared: StudySettings = { ...settings, table: { samples, width: table.width, values } };
  const crew = openCrew<Job, JobResult>(new URL("./study.worker", import.meta.url), shared, threads);
  return { work: crew.work, close: crew.close };
}
