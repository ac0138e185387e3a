import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import type { Rng } from "../core/rng.ts";
import type { Split } from "../data/split.ts";
import type { Plan, PriorShift } from "../imbalance/plan.ts";
import { unmoved } from "../imbalance/plan.ts";
import { modelTensors, readModelFile } from "../model/modelFile.ts";
import type { NamedNetwork } from "../nn/build.ts";
import type { NamedTensors } from "../nn/network.ts";
import { freshLoop } from "../train/loop.ts";
import type { Predictor } from "../train/predictSamples.ts";
import type { Recipe } from "../train/recipe.ts";
import { type Checkpoint, saveCheckpoint } from "./checkpoint.ts";
import { otherBits } from "./circumstances.ts";
import { type CourseEnd, runCourse } from "./course.ts";
import type { ModelDraft } from "./finishModel.ts";
import type { RunFolder } from "./folder.ts";
import type { Learner, LoopSamples } from "./learner.ts";
import type { RunTrainEvent } from "./runEvents.ts";
import { beginningOf, ensembleNetwork, trainMembers } from "./trainMembers.ts";

/** A run that stands at its first step, or at a checkpoint. */
export interface Learning {
  readonly recipe: Recipe;
  readonly learner: Learner;
  readonly network: NamedNetwork;
  readonly gathered: LoopSamples;
  readonly parts: Split["parts"];
  readonly plan: Plan;
  readonly rng: Rng;
  readonly folder: RunFolder;
  /** What every checkpoint says of the run. */
  readonly facts: Pick<Checkpoint, "identity" | "circumstances" | "input">;
  /** Of a run that goes on; hands it over, since its tensors are as large as the trainer's own. */
  takeCheckpoint(): Checkpoint | undefined;
  /** Opens the run's folder for writing, once a run that goes on was not refused. */
  begin(): Promise<void>;
  readonly signal: AbortSignal;
  /** Minutes. */
  readonly checkpointEvery: number;
  draftOf(network: NamedNetwork, priorShift: PriorShift): ModelDraft;
  readonly stage: (name: string) => (done?: number, of?: number) => void;
  readonly listen: (event: RunTrainEvent) => void;
}

/** What has learnt all that it will. */
export interface Learnt extends CourseEnd {
  readonly draft: ModelDraft;
  readonly tensors: NamedTensors;
  readonly predictor: Predictor;
  readonly priorShift: PriorShift;
  release(): Promise<void>;
}

/** One network, or several where the plan has members. */
export function learn(learning: Learning): Promise<Learnt> {
  return learning.plan.members === undefined ? learnAlone(learning) : learnTogether(learning);
}

async function learnAlone(learning: Learning): Promise<Learnt> {
  const { recipe, learner, network, gathered, parts, plan, folder, facts, signal } = learning;
  const trainer = await learner.open(plan);
  try {
    let start = freshLoop;
    const checkpoint = learning.takeCheckpoint();
    if (checkpoint !== undefined) {
      start = checkpoint.loop;
      trainer.load(checkpoint.trainer);
      goOn(learning, checkpoint);
      await learning.begin();
    }
    const draft = learning.draftOf(network, plan.priorShift);
    const samples = await learner.ready(gathered, plan, parts, signal);
    const end = await runCourse(trainer, {
      ...{ recipe, samples, plan, start, signal },
      preparer: learner.preparer,
      rng: learning.rng,
      checkpointEvery: learning.checkpointEvery,
      async keep(loop, improved) {
        if (improved) await draft.save(folder.bestModel, trainer.tensors());
        await saveCheckpoint(folder.lastCheckpoint, { ...facts, loop, trainer: trainer.state() });
        await folder.writeResults(loop.history);
      },
      async listen(event) {
        learning.listen(event);
        if (event.type !== "step") await folder.log(event);
      },
    });
    if (end.history.length === 0)
      throw new UserError("interrupted", `${end.sentence} There is no model yet: the first epoch has not ended.`);
    // The best epoch's weights stand in the best model; the last epoch's are in the trainer.
    if (recipe.earlyStopping.restoreBest) trainer.restore(modelTensors(await readModelFile(folder.bestModel)));
    const { release } = trainer;
    return { ...end, draft, tensors: trainer.tensors(), predictor: trainer, priorShift: plan.priorShift, release };
  } catch (error) {
    await trainer.release();
    throw error;
  }
}

async function learnTogether(learning: Learning): Promise<Learnt> {
  const { recipe, learner, network, gathered, parts, plan, folder, facts, signal, checkpointEvery, rng } = learning;
  const first = await learner.open(plan);
  const beginning = first.tensors();
  await first.release();
  const members = { beginning: beginningOf(beginning) };
  const checkpoint = learning.takeCheckpoint();
  if (checkpoint !== undefined) {
    if (checkpoint.members?.beginning !== members.beginning)
      throw new UserError(
        "bad-options",
        "The run's finished members began with other weights: the file of weights has changed, or this version of assay builds the network otherwise. Put the weights back, or start anew with another --out.",
      );
    goOn(learning, checkpoint);
    await learning.begin();
  }
  await saveCheckpoint(folder.lastCheckpoint, {
    ...{ ...facts, members, loop: freshLoop, trainer: { step: 0, tensors: {} } },
  });
  const samples = await learner.ready(gathered, plan, parts, signal);
  const { tensors, history, bestEpoch, sentence } = await trainMembers(
    {
      ...{ recipe, learner, samples, plan, rng, facts, signal, checkpointEvery },
      folder: join(folder.path, "weights", "members"),
      stage: learning.stage,
      async listen(event, member) {
        learning.listen({ ...event, member });
        if (event.type !== "step") await folder.log({ ...event, member });
      },
    },
    beginning,
  );
  await folder.writeResults(history);
  const together = ensembleNetwork(network, plan.members!, recipe, gathered.train);
  const draft = learning.draftOf(together, unmoved);
  const answerer = await learner.answer(together, tensors);
  return {
    ...{ history, bestEpoch, sentence, stop: "finished", draft, tensors },
    predictor: answerer,
    // Each member's own shift is taken off in the ensemble's graph.
    priorShift: unmoved,
    release: answerer.release,
  };
}

function goOn({ facts, stage }: Learning, { circumstances }: Checkpoint): void {
  const warning = otherBits(circumstances, facts.circumstances);
  if (warning !== undefined) stage(warning)();
}
