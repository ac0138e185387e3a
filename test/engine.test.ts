import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  createRng,
  createSession,
  createTrainer,
  exportModel,
  initializers,
  layers,
  type NetworkBuilder,
  type NetworkRecipe,
  type OwnArchitecture,
  operator,
  operators,
  type TrainerOptions,
  UserError,
  type Value,
} from "../src/index.ts";

const input = { channels: 1, height: 8, width: 8 };
const batchSize = 4;
const rng = createRng("engine");
const noise = rng.fork("pictures");
const x = Float32Array.from({ length: batchSize * 64 }, () => noise.normal());
const labels = Float32Array.of(1, 0, 0, 1);

const open = (build: OwnArchitecture["build"], changes: Partial<TrainerOptions> = {}) =>
  createTrainer(networkOf(build), {
    batchSize,
    loss: { name: "crossEntropy", options: {} },
    optimizer: { name: "sgd", options: {} },
    rng: rng.fork("weights"),
    threads: 1,
    ...changes,
  });

const networkOf = (build: OwnArchitecture["build"], stages = {}): NetworkRecipe => ({
  architecture: { build, stages },
  input,
});

/** A convolution, something, and a dense layer to one logit. */
const through =
  (middle: (net: NetworkBuilder, maps: Value) => Value): OwnArchitecture["build"] =>
  (net, input) => {
    const features = middle(net, layers.conv2d(net, "conv", input, { channels: 32, kernel: 3 }));
    const pooled = operators.globalAveragePool(net.graph, features);
    const logit = layers.dense(net, "head.logit", pooled, { units: 1 });
    return { features, logit: operators.reshape(net.graph, logit, { shape: [input.shape[0]!] }) };
  };

async function refusal(answer: Promise<unknown>): Promise<string> {
  const error = await answer.then(
    () => expect.unreachable("nothing was refused"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe("a network of one's own", () => {
  const build = through((net, maps) => operators.tanh(net.graph, maps));

  it("answers in its export as in the trainer, with a heat map where it has features", async () => {
    const trainer = await open(build);
    await trainer.step({ x, labels }, 0.1, rng.fork("1"));
    const expected = await trainer.predict(x, batchSize);
    const model = exportModel(networkOf(build), trainer.tensors());
    const session = await createSession(model, { threads: 1 });
    const feeds = { x: { shape: [batchSize, 1, 8, 8], data: x } };
    const { logit, heatMap } = await session.compute(feeds, ["logit", "heatMap"]);
    for (const [i, value] of expected.entries()) expect(logit!.data[i]).toBeCloseTo(value, 5);
    expect(heatMap!.shape).toEqual([batchSize, 8, 8]);
    await Promise.all([session.release(), trainer.release()]);
  });

  it("learns the same on blocked and on plain tensors, with a parameter and an operator of its own", async () => {
    const cube = operator<[x: Value]>({
      name: "cube",
      forward: (g, [x]) => g.node("Pow", [x, g.constant(3)], { shape: x.shape }),
      gradient: (g, { inputs: [x] }, dy) => [
        operators.mul(g, dy, operators.mul(g, g.constant(3), operators.mul(g, x, x))),
      ],
    });
    const own = through((net, maps) =>
      operators.mul(net.graph, cube(net.graph, maps), net.parameter("gain", [1], initializers.ones)),
    );
    const [portable, blocked] = await Promise.all([open(own, { layout: "portable" }), open(own)]);
    const [a, b] = [
      await portable.step({ x, labels }, 0.1, rng.fork("1")),
      await blocked.step({ x, labels }, 0.1, rng.fork("1")),
    ];
    expect(b.gradientNorm / a.gradientNorm).toBeCloseTo(1, 4);
    expect(portable.tensors().gain!.data[0]).not.toBe(1);
    expect(blocked.tensors().gain!.data[0]).toBeCloseTo(portable.tensors().gain!.data[0]!, 5);
  });

  it("may do without features, and then without a heat map", async () => {
    const flat: OwnArchitecture["build"] = (net, input) => {
      const logit = layers.dense(net, "logit", operators.flatten(net.graph, input), { units: 1 });
      return { logit: operators.reshape(net.graph, logit, { shape: [input.shape[0]!] }) };
    };
    const trainer = await open(flat);
    const session = await createSession(exportModel(networkOf(flat), trainer.tensors()), { threads: 1 });
    expect(session.outputNames).toEqual(["logit"]);
    expect(() => exportModel(networkOf(flat), trainer.tensors(), {}, { heatMap: true })).toThrow(/let build return/);
    await Promise.all([session.release(), trainer.release()]);
  });

  it("freezes by its own stages", async () => {
    const options = {
      loss: { name: "crossEntropy", options: {} },
      optimizer: { name: "sgd", options: {} },
      rng,
      batchSize,
    };
    const trainer = await createTrainer(networkOf(build, { early: ["conv"] }), { ...options, freeze: "early" });
    expect(trainer.parameterCount).toBe(33);
    await trainer.release();
    const unknown = createTrainer(networkOf(build, { early: ["conv"] }), { ...options, freeze: "earl" });
    expect(await refusal(unknown)).toMatch(/Did you mean "early"\? Known: early, backbone/);
  });
});

describe("before anything runs, it says", () => {
  it("which operator has no gradient, a node or an operator, in the words of the page", async () => {
    const page = readFileSync(new URL("../docs/engine.md", import.meta.url), "utf8");
    const node = through(({ graph: g }, maps) => g.node("Softsign", [maps], { shape: maps.shape }));
    expect(page).toContain(`> ${await refusal(open(node, { layout: "portable" }))}\n`);
    const step = operator<[x: Value]>({ name: "step", forward: (g, [x]) => g.node("Sign", [x], { shape: x.shape }) });
    expect(await refusal(open(through((net, maps) => step(net.graph, maps))))).toMatch(
      /^The operator step has no gradient, .*keep it off the path from the parameters to the loss\.$/,
    );
  });

  it("nothing of such operators before the first parameter", async () => {
    const build: OwnArchitecture["build"] = (net, input) =>
      through((_, maps) => maps)(net, net.graph.node("Sign", [input], { shape: input.shape }));
    await (await open(build)).release();
  });

  it("that a logit is one number a row", async () => {
    const column: OwnArchitecture["build"] = (net, input) => ({
      logit: layers.dense(net, "logit", operators.flatten(net.graph, input), { units: 1 }),
    });
    expect(await refusal(open(column))).toMatch(
      /has the shape \[4, 1\], but must be one number a row, \[4\]\. End with/,
    );
  });
});
