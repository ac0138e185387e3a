import { expect, it } from "vitest";
import { Graph } from "../onnx/graph.ts";
import { add, mul, relu } from "../onnx/operators/index.ts";
import { liveBytes, trainingMemory } from "./memory.ts";

it("counts what is alive at once, and constants for good", () => {
  const g = new Graph();
  const x = g.input("x", [10]);
  const a = relu(g, x); // 40 bytes
  const b = relu(g, a); // 40 more; a stays for the end
  const c = relu(g, b); // 120 alive, then b goes
  g.output(add(g, c, a), "y"); // a, c and their sum
  expect(liveBytes(g)).toBe(120);
  const zeros = g.node("ConstantOfShape", [g.integers([100])], { shape: [100] });
  g.output(mul(g, zeros, g.input("z", [100])), "w");
  expect(liveBytes(g)).toBe(400 + 400);
});

const options = {
  batchSize: 16,
  loss: { name: "crossEntropy", options: {} },
  optimizer: { name: "adam", options: {} },
};
const network = (name: string, side: number) => ({
  architecture: { name, options: {} },
  input: { channels: 3, height: side, width: side },
});

// Peaks of the process in a few steps, in bytes.
it.each([
  ["smallcnn", 128, 64, 0.755e9],
  ["resnet18", 128, 16, 0.6e9],
  ["resnet50", 128, 16, 1.25e9],
  ["resnet50", 224, 16, 2.25e9],
])("%s at %i with batches of %i takes what was measured, within a quarter", (name, side, batchSize, measured) => {
  const estimate = trainingMemory(network(name, side), { ...options, batchSize });
  expect(estimate / measured).toBeGreaterThan(0.75);
  expect(estimate / measured).toBeLessThan(1.25);
});

it("falls with the parts of a batch, with frozen stages, and with an optimizer that remembers less", () => {
  const whole = trainingMemory(network("resnet50", 128), options);
  expect(trainingMemory(network("resnet50", 128), { ...options, accumulate: 4 })).toBeLessThan(0.7 * whole);
  expect(trainingMemory(network("resnet50", 128), { ...options, freeze: "backbone" })).toBeLessThan(0.5 * whole);
  expect(
    trainingMemory(network("resnet50", 128), { ...options, optimizer: { name: "sgd", options: {} } }),
  ).toBeLessThan(whole);
});
