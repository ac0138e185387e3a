/** Our side of the training bench: see side.ts for what it is asked and answers. Arguments: size, batch, threads. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { createRng } from "../../src/core/rng.ts";
import { buildNetwork } from "../../src/nn/build.ts";
import { createTrainer } from "../../src/nn/network.ts";
import { createSession } from "../../src/onnx/session.ts";

const [size, batchSize, threads] = process.argv.slice(2).map(Number) as [number, number, number];
const recipe = {
  architecture: { name: "resnet50", options: { version: "v1", headUnits: 256, dropout: 0.5 } },
  input: { channels: 3, height: size, width: size },
};
const rng = createRng("bench/train");
const x = Float32Array.from({ length: batchSize * 3 * size * size }, () => rng.normal());
const labels = Float32Array.from({ length: batchSize }, (_, row) => row % 2);

const trainer = await createTrainer(recipe, {
  batchSize,
  threads,
  loss: { name: "crossEntropy", options: {} },
  optimizer: { name: "adam", options: {} },
  rng: rng.fork("weights"),
});

let step = 0;
const work = {
  train: async () => void (await trainer.step({ x, labels }, 1e-4, rng.fork(`step/${step++}`))),
  forward: lazily(openForward),
};

const { version } = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("onnxruntime-node/package.json"), "utf8"),
);
console.log(JSON.stringify({ versions: `Node ${process.versions.node}, onnxruntime-node ${version}` }));
for await (const line of createInterface({ input: process.stdin })) {
  const [kind, steps] = line.split(" ") as [keyof typeof work, string];
  const seconds: number[] = [];
  for (let i = 0; i < Number(steps); i++) {
    const start = performance.now();
    await work[kind]();
    seconds.push((performance.now() - start) / 1000);
  }
  console.log(JSON.stringify({ seconds }));
}
await trainer.release();
process.exit();

/** The network as a saved model holds it: its weights fixed, so that ONNX Runtime folds the normalisations into them. */
async function openForward(): Promise<() => Promise<void>> {
  const { graph, logit } = buildNetwork(recipe, "inference", batchSize);
  graph.output(logit, "logit");
  const session = await createSession(graph.toModel({ initializers: trainer.tensors() }), { threads });
  const feeds = { x: { shape: [batchSize, 3, size, size], data: x } };
  const fetches = { logit: { shape: [batchSize], data: new Float32Array(batchSize) } };
  return () => session.run(feeds, fetches);
}

/** Opened at its first use, so that it does not count towards the memory of training. */
function lazily(open: () => Promise<() => Promise<void>>): () => Promise<void> {
  let opened: (() => Promise<void>) | undefined;
  return async () => {
    opened ??= await open();
    await opened();
  };
}
