import type { Sample } from "../core/sample.ts";
import type { Design } from "./design.ts";
import type { Chosen, Job } from "./job.ts";
import type { Journal } from "./journal.ts";

/** Which answers: a strategy at a ratio, or a point of its learning curve. */
export interface Asked {
  readonly strategy: Chosen;
  /** Genuine pictures for each fake, to which the fakes of the test folds are weighted. */
  readonly ratio: number;
  readonly seed: number;
  readonly share?: Job["share"];
}

/** What the model of one fold says. */
export interface FoldAnswers {
  /** Logits of pictures of its validation, calibration or test part: as trained, and with the prior put back, once. */
  of(part: readonly Sample[]): { readonly trained: Float64Array; readonly corrected: Float64Array };
  readonly cost: {
    readonly members: number;
    readonly seconds: number;
    /** Rows that the optimizer went through. */
    readonly rowsSeen: number;
    /** Numbers that training holds beside the vectors or pictures themselves. */
    readonly numbersHeld: number;
    /** Numbers of the trained model. */
    readonly weights: number;
  };
}

export interface Running {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (done: number, of: number) => void;
}

/** What a comparison trains: heads on vectors, or whole networks. */
export interface StudyLearner {
  /** The trainings behind an answer. Throws UserError where the strategy cannot be carried out. */
  jobsOf(asked: Asked, design: Design): Job[];
  /** Does what the journal does not have yet. Throws UserError interrupted, with what is kept. */
  run(jobs: readonly Job[], journal: Journal, running: Running): Promise<void>;
  answers(asked: Asked, fold: number, design: Design, journal: Journal): FoldAnswers;
  /** Why there are no learning curves, where there are none. */
  readonly withoutCurves?: string;
}
