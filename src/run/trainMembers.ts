import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import type { Rng } from "../core/rng.ts";
import type { Samples } from "../core/sample.ts";
import type { Member, Members, Plan } from "../imbalance/plan.ts";
import type { NamedNetwork } from "../nn/build.ts";
import type { NamedTensors } from "../nn/network.ts";
import { isHead } from "../nn/stages.ts";
import type { EpochRecord, TrainEvent } from "../train/events.ts";
import { freshLoop, type LoopState } from "../train/loop.ts";
import type { Recipe } from "../train/recipe.ts";
import { type Checkpoint, readCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { runCourse } from "./course.ts";
import type { Learner, LoopSamples } from "./learner.ts";

export interface MembersInput {
  readonly recipe: Recipe;
  readonly learner: Learner;
  readonly samples: LoopSamples;
  readonly plan: Plan;
  readonly rng: Rng;
  /** `weights/members/`: a folder for each. */
  readonly folder: string;
  /** What every checkpoint says of the run. */
  readonly facts: Pick<Checkpoint, "identity" | "circumstances" | "input">;
  readonly signal: AbortSignal;
  /** Minutes. */
  readonly checkpointEvery: number;
  readonly stage: (name: string) => (done?: number, of?: number) => void;
  readonly listen: (event: TrainEvent, member: number) => Promise<void>;
}

export interface TrainedMembers {
  /** Of the whole ensemble. */
  readonly tensors: NamedTensors;
  /** Means over the members that came so far. */
  readonly history: readonly EpochRecord[];
  /** The middle one of the members'. */
  readonly bestEpoch: number;
  readonly sentence: string;
}

/** The members of a plan as one network: what their networks are, and how their answers become one. */
export function ensembleNetwork(
  network: NamedNetwork,
  { each, combine }: Members,
  { freeze }: Recipe,
  train: Samples<"train">,
): NamedNetwork {
  const fakes = train.filter(({ label }) => label === "fake").length;
  const options = {
    of: network.architecture,
    members: each.length,
    sharedBackbone: sharesBackbone(freeze),
    combine,
    shifts: each.map(({ priorShift }) => priorShift.logOdds),
    threshold: Math.log(fakes / (train.length - fakes)),
  };
  return { ...network, architecture: { name: "ensemble", options } };
}

/** Heads stand on one backbone where it does not learn; all other members have everything of their own. */
export function sharesBackbone(freeze: Recipe["freeze"]): boolean {
  return freeze === "backbone";
}

/** A hash of the weights that every member begins with: members of different beginnings make no ensemble. */
export function beginningOf(tensors: NamedTensors): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(tensors).sort()) {
    const { data } = tensors[name]!;
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest("hex");
}

/**
 * One member after the other, each on its rows with the same first weights and random streams of its own. What a
 * finished one has learnt is kept in a file, so it is trained once, whatever happens to the run.
 *
 * @param beginning tensors that no member has changed
 */
export async function trainMembers(input: MembersInput, beginning: NamedTensors): Promise<TrainedMembers> {
  const { plan, recipe, folder } = input;
  const { each } = plan.members!;
  const shared = sharesBackbone(recipe.freeze);
  const tensors: Record<string, NamedTensors[string]> = {};
  const loops: LoopState[] = [];
  for (const [k, member] of each.entries()) {
    const path = join(folder, String(k), "member.safetensors");
    if (!existsSync(path)) await trainMember(input, member, k);
    const { trainer, loop } = await readCheckpoint(path);
    for (const [name, tensor] of Object.entries(trainer.tensors))
      tensors[shared ? name.replace(/^head\./, `head.member${k}.`) : `member${k}.${name}`] = tensor;
    loops.push(loop);
  }
  if (shared) for (const [name, tensor] of Object.entries(beginning)) if (!isHead(name)) tensors[name] = tensor;
  const best = loops.map(({ earlyStopping }) => earlyStopping.bestEpoch).sort((a, b) => a - b);
  return {
    tensors,
    history: meanHistory(loops.map(({ history }) => history)),
    bestEpoch: best[best.length >> 1]!,
    sentence: `All ${each.length} members are trained; their best epochs lie between ${best[0]! + 1} and ${best.at(-1)! + 1}.`,
  };
}

/** Leaves `member.safetensors` behind, with what this member learnt, and no checkpoint. */
async function trainMember(input: MembersInput, { rows, priorShift }: Member, k: number): Promise<void> {
  const { learner, recipe, plan, samples, facts, signal, checkpointEvery, listen } = input;
  const folder = join(input.folder, String(k));
  await mkdir(folder, { recursive: true });
  const [last, best, end] = ["checkpoint", "best", "member"].map((name) => join(folder, `${name}.safetensors`));
  input.stage(`Member ${k + 1} of ${plan.members!.each.length}`)();
  const trainer = await learner.open(plan);
  const learnt = () => whatLearns(trainer.tensors(), recipe);
  try {
    let start = freshLoop;
    if (existsSync(last!)) {
      const kept = await readCheckpoint(last!);
      trainer.load(kept.trainer);
      start = kept.loop;
    }
    let loop = start;
    const { stop, sentence } = await runCourse(trainer, {
      ...{ recipe, start, signal, checkpointEvery },
      preparer: learner.preparer,
      samples: { ...samples, train: Array.from(rows, (row) => samples.train[row]!) as unknown as Samples<"train"> },
      plan: { priorShift },
      rng: input.rng.fork(`member/${k}`),
      async keep(state, improved) {
        loop = state;
        if (improved) await saveCheckpoint(best!, { ...facts, loop, trainer: { step: 0, tensors: learnt() } });
        await saveCheckpoint(last!, { ...facts, loop, trainer: trainer.state() });
      },
      listen: (event) => listen(event, k),
    });
    if (stop === "interrupted")
      throw new UserError(
        "interrupted",
        `Member ${k + 1} of ${plan.members!.each.length}: ${sentence} Members that are finished are kept; an ensemble is no model before all are.`,
      );
    const tensors =
      recipe.earlyStopping.restoreBest && existsSync(best!) ? (await readCheckpoint(best!)).trainer.tensors : learnt();
    await saveCheckpoint(end!, { ...facts, loop, trainer: { step: 0, tensors } });
  } finally {
    await trainer.release();
  }
  await Promise.all([last, best].map((path) => rm(path!, { force: true })));
}

function whatLearns(tensors: NamedTensors, { freeze }: Recipe): NamedTensors {
  if (!sharesBackbone(freeze)) return tensors;
  return Object.fromEntries(Object.entries(tensors).filter(([name]) => isHead(name)));
}

/** Epoch by epoch the mean over the members that have one; their seconds are added up. */
function meanHistory(histories: readonly (readonly EpochRecord[])[]): EpochRecord[] {
  const longest = Math.max(...histories.map(({ length }) => length));
  return Array.from({ length: longest }, (_, epoch): EpochRecord => {
    const records = histories.flatMap((history) => history[epoch] ?? []);
    const sum = (of: (record: EpochRecord) => number) => records.reduce((total, record) => total + of(record), 0);
    const mean = (of: (record: EpochRecord) => number) => sum(of) / records.length;
    const known = records.every(({ validationRocAuc }) => validationRocAuc !== null);
    return {
      epoch,
      loss: mean(({ loss }) => loss),
      accuracy: mean(({ accuracy }) => accuracy),
      validationLoss: mean(({ validationLoss }) => validationLoss),
      validationAccuracy: mean(({ validationAccuracy }) => validationAccuracy),
      validationRocAuc: known ? mean(({ validationRocAuc }) => validationRocAuc!) : null,
      learningRate: mean(({ learningRate }) => learningRate),
      seconds: sum(({ seconds }) => seconds),
      stepSeconds: sum(({ stepSeconds }) => stepSeconds),
    };
  });
}
