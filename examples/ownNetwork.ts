import { createRng, createSession, createTrainer, exportModel, layers, type NetworkRecipe, operators } from "assay";

const side = 16; // pixels
const rng = createRng("lines");

/** Noise with one brighter line, upright (label 1) or level (label 0)   // x [rows, 1, side, side], labels [rows] */
function pictures(rows: number, name: string) {
  const random = rng.fork(name);
  const x = Float32Array.from({ length: rows * side * side }, () => random.normal());
  const labels = Float32Array.from({ length: rows }, () => Number(random.chance(0.5)));
  for (const [row, upright] of labels.entries()) {
    const at = random.integer(side);
    for (let i = 0; i < side; i++) x[(row * side + (upright ? i : at)) * side + (upright ? at : i)]! += 2;
  }
  return { x, labels };
}

const network: NetworkRecipe = {
  input: { channels: 1, height: side, width: side },
  architecture: {
    build(net, input) {
      const g = net.graph;
      const maps = layers.conv2d(net, "conv", input, { channels: 16, kernel: 5 }); // [batch, 16, side, side]
      const features = operators.tanh(g, layers.batchNorm(net, "norm", maps));
      const strength = operators.globalAveragePool(g, operators.mul(g, features, features)); // [batch, 16]
      const logit = layers.dense(net, "logit", strength, { units: 1 }); // [batch, 1]
      return { features, logit: operators.reshape(g, logit, { shape: [input.shape[0]!] }) }; // logit [batch]
    },
  },
};

const trainer = await createTrainer(network, {
  batchSize: 64,
  loss: { name: "crossEntropy", options: {} },
  optimizer: { name: "adam", options: {} },
  rng: rng.fork("first weights"),
});
for (let step = 0; step <= 100; step++) {
  const { loss } = await trainer.step(pictures(64, `batch ${step}`), 0.05, rng.fork(`step ${step}`));
  if (step % 20 === 0) console.log(`step ${step}: loss ${loss.toFixed(3)}`);
}
const model = exportModel(network, trainer.tensors()); // the bytes of an .onnx file
await trainer.release();

const session = await createSession(model);
const { x, labels } = pictures(1000, "held out");
const { logit } = await session.compute({ x: { shape: [1000, 1, side, side], data: x } }, ["logit"]);
const right = labels.filter((label, row) => logit!.data[row]! > 0 === (label === 1)).length;
console.log(`right about ${right} of 1000 pictures that it had not seen`);
await session.release();
