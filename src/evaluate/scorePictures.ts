import { availableParallelism } from "node:os";
import type { Sample } from "../core/sample.ts";
import { openCrew } from "../data/crew.ts";
import { inLanes } from "../data/inLanes.ts";
import type { ProtocolName } from "../data/protocols.ts";
import type { Perturbation } from "./perturbation.ts";
import type { ScoreAnswer, ScoreJob, ScoreSettings } from "./score.worker.ts";

export type { ScoreAnswer } from "./score.worker.ts";

export interface ScoreOptions {
  readonly protocol: ProtocolName;
  /** What happens to each picture after the protocol. */
  readonly perturbation?: Perturbation;
  /** Whether maps are laid over masks, for models whose map has cells. */
  readonly localise?: boolean;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Threads that go from file to logit for any kind of model. */
export interface Scorer {
  /** One answer a sample, in their order. Errors: those of a file that cannot be read any more, or has changed. */
  score(samples: readonly Sample[], options: ScoreOptions): Promise<ScoreAnswer[]>;
  close(): Promise<void>;
}

/** Workers of one model: one a core (at most 8), each with a network of its own on its share of the cores. */
export function openScorer(
  settings: Omit<ScoreSettings, "threads">,
  workers: number = Math.min(8, availableParallelism()),
): Scorer {
  const threads = Math.max(1, Math.floor(availableParallelism() / workers));
  const own: ScoreSettings = { ...settings, threads };
  const crew = openCrew<ScoreJob, ScoreAnswer>(new URL("./score.worker", import.meta.url), own, workers);
  return {
    async score(samples, { protocol, perturbation, localise = false, onProgress = () => {} }) {
      let done = 0;
      // Two a worker: one that it does and one that lies ready.
      return inLanes(samples, 2 * workers, async ({ path, sha256, label, mask }) => {
        const sample = { path, sha256, label, ...(mask === undefined ? {} : { mask }) };
        const answer = await crew.work({
          sample,
          protocol,
          localise,
          ...(perturbation === undefined ? {} : { perturbation }),
        });
        onProgress(++done, samples.length);
        return answer;
      });
    },
    close: crew.close,
  };
}
