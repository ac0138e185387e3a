import { expect, it } from "vitest";
import { createRng, type Rng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import { parseOptions } from "../core/table.ts";
import type { Preparer } from "../data/batches.ts";
import { imbalance } from "../imbalance/index.ts";
import type { Plan, PriorShift } from "../imbalance/plan.ts";
import { combine, correctPrior, trainedLogits } from "../imbalance/posterior.ts";
import type { ImbalanceStrategy } from "../imbalance/strategy.ts";
import { sigmoid } from "../metrics/scores.ts";
import type { OwnArchitecture } from "../nn/build.ts";
import { dense } from "../nn/layers.ts";
import { createTrainer } from "../nn/network.ts";
import { flatten, reshape } from "../onnx/operators/index.ts";
import { freshLoop } from "../train/loop.ts";
import { parseRecipe } from "../train/recipe.ts";
import { runCourse } from "./course.ts";

/**
 * Two normal distributions in a plane, whose posterior is known:
 *   genuine N(0, 1), fake N(m, 1), one fake for ten genuine rows: logit p = m x - |m|^2 / 2 + ln (1 / 10)
 * A linear network that is trained by the run's own loop, under every plan, must give it back.
 */
const m = [1.5, 1] as const;
const realPerFake = 10;
const rng = createRng("known posterior");

interface Point extends Sample {
  readonly at: readonly [number, number];
}

function pointsOf(fakes: number, own: Rng): Point[] {
  return Array.from({ length: fakes * (realPerFake + 1) }, (_, i): Point => {
    const fake = i < fakes;
    const at = [own.normal() + (fake ? m[0] : 0), own.normal() + (fake ? m[1] : 0)] as const;
    return { path: `${i}`, sha256: `${i}`, label: fake ? "fake" : "real", group: `${i}`, at };
  });
}
const posterior = ({ at }: Point) =>
  sigmoid(m[0] * at[0] + m[1] * at[1] - (m[0] ** 2 + m[1] ** 2) / 2 - Math.log(realPerFake));

const train = pointsOf(500, rng.fork("train"));
const judged = pointsOf(200, rng.fork("judged"));
const inputsOf = (points: readonly Sample[]) => Float32Array.from((points as Point[]).flatMap(({ at }) => at));

const preparer: Preparer = {
  close: async () => {},
  async *batches(samples, { size, shuffle, rng: own, dropLast }) {
    const order = shuffle ? own!.shuffle(samples) : samples;
    for (let i = 0; i + (dropLast ? size : 1) <= order.length; i += size) {
      const batch = order.slice(i, i + size);
      const labels = Float32Array.from(batch, ({ label }) => Number(label === "fake"));
      yield { x: inputsOf(batch), labels, samples: batch };
    }
  },
};

const linear: OwnArchitecture = {
  build(net, input) {
    const sum = dense(net, "line", flatten(net.graph, input), { units: 1 }); // [b, 1]
    return { logit: reshape(net.graph, sum, { shape: [sum.shape[0]!] }) };
  },
};
const recipe = {
  ...parseRecipe("line", { name: "line", representation: { name: "rgb" }, architecture: { name: "logistic" } }),
  ...{ batchSize: 50, epochs: 8, learningRate: 0.05 },
};

/** Logits of the judged rows after training on some rows, as the plan says   // [judged] */
async function answers(rows: readonly Point[], plan: Plan, own: Rng) {
  const trainer = await createTrainer(
    { architecture: linear, input: { channels: 2, height: 1, width: 1 } },
    {
      batchSize: recipe.batchSize,
      loss: plan.loss ?? recipe.loss,
      optimizer: recipe.optimizer,
      rng: own.fork("weights"),
      threads: 1,
    },
  );
  await runCourse(trainer, {
    ...{ recipe, preparer, plan, rng: own, start: freshLoop, checkpointEvery: 60 },
    samples: {
      train: rows as unknown as Samples<"train">,
      validation: judged.slice(0, 300) as unknown as Samples<"validation">,
    },
    signal: new AbortController().signal,
    keep: async () => {},
    listen: async () => {},
  });
  const trained = trainedLogits(await trainer.predict(inputsOf(judged), judged.length));
  await trainer.release();
  return trained;
}

/** Mean |p - posterior|, with the correction and without. */
async function errorsOf(name: keyof typeof imbalance) {
  const strategy: ImbalanceStrategy = imbalance[name];
  const options = parseOptions(strategy, name, {});
  const own = rng.fork(name);
  const plan = strategy.plan(train as unknown as Samples<"train">, options, own);
  const each = plan.members?.each.map(({ rows, priorShift }) => ({
    rows: Array.from(rows, (row) => train[row]!),
    plan: { priorShift },
  })) ?? [{ rows: train, plan }];
  const unmoved: PriorShift = { logOdds: 0, exact: true };
  const corrected: Float64Array[] = [];
  const raw: Float64Array[] = [];
  for (const [k, member] of each.entries()) {
    const trained = await answers(member.rows, member.plan, own.fork(`${k}`));
    corrected.push(correctPrior(trained, member.plan.priorShift));
    raw.push(correctPrior(trained, unmoved));
  }
  const error = (logits: Float64Array[]) =>
    combine(logits, plan.members?.combine ?? "meanLogit").reduce(
      (sum, z, i) => sum + Math.abs(sigmoid(z) - posterior(judged[i]!)) / judged.length,
      0,
    );
  return { corrected: error(corrected), raw: error(raw) };
}

it.each(["none", "classWeights", "logitAdjustment", "undersample", "oversample", "balancedEnsemble"] as const)(
  "%s gives the posterior back",
  async (name) => {
    const { corrected, raw } = await errorsOf(name);
    expect(corrected).toBeLessThan(0.02);
    if (name !== "none") expect(raw).toBeGreaterThan(0.1);
  },
);
