import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { parseOptions } from "../../src/core/table.ts";
import { optimizers } from "../../src/nn/optimizers/index.ts";
import type { Optimizer } from "../../src/nn/optimizers/optimizer.ts";
import { runOptimizer } from "../../src/nn/optimizers/runOptimizer.ts";
import { onTwoThreads } from "../../src/nn/optimizers/twoThreads.ts";

const tensor = (numbers: readonly number[]) => ({ shape: [numbers.length], data: Float32Array.from(numbers) });

describe.each(Object.entries(optimizers) as [string, Optimizer][])("%s", (name, optimizer) => {
  const options = parseOptions(optimizer, name, {});
  const start = () => [
    { name: "a", shape: [3], data: Float32Array.of(3, -2, 0.5) },
    { name: "b", shape: [1], data: Float32Array.of(-1) },
  ];

  it("minimises a quadratic whose axes differ twentyfold", () => {
    const [target, curvature] = [
      [1, 2, -1, 4],
      [1, 5, 0.25, 2],
    ];
    const parameters = start();
    const run = runOptimizer(optimizer, parameters, options);
    const all = () => parameters.flatMap(({ data }) => [...data]);
    const loss = () => all().reduce((sum, w, i) => sum + (curvature[i]! * (w - target[i]!) ** 2) / 2, 0);
    const before = loss();
    for (let step = 0; step < 600; step++) {
      const slopes = all().map((w, i) => curvature[i]! * (w - target[i]!));
      run.step([tensor(slopes.slice(0, 3)), tensor(slopes.slice(3))], 0.03);
    }
    expect(loss()).toBeLessThan(1e-4 * before);
  });

  it("goes on from a saved state, bit for bit", () => {
    const rng = createRng(name);
    const gradients = Array.from({ length: 12 }, () =>
      start().map(({ data }) => tensor(Array.from(data, () => rng.normal()))),
    );
    const whole = start();
    const uninterrupted = runOptimizer(optimizer, whole, options);
    for (const gradient of gradients) uninterrupted.step(gradient, 0.01);

    const halves = start();
    const first = runOptimizer(optimizer, halves, options);
    for (const gradient of gradients.slice(0, 5)) first.step(gradient, 0.01);
    const second = runOptimizer(optimizer, halves, options);
    second.steps = first.steps;
    for (const [slot, { data }] of Object.entries(second.slots)) data.set(first.slots[slot]!.data);
    for (const gradient of gradients.slice(5)) second.step(gradient, 0.01);

    expect(halves).toEqual(whole);
    expect(second.steps).toBe(uninterrupted.steps);
    expect(second.slots).toEqual(uninterrupted.slots);
  });

  it("gives the same numbers on two threads, to the last bit", async () => {
    const rng = createRng(`${name}/threads`);
    const sizes = [5, 300, 7, 64, 200];
    const make = () =>
      sizes.map((size, i) => ({ name: `w${i}`, ...tensor(new Array(size).fill(0.5)), decays: i % 2 === 0 }));
    const [one, two] = [make(), make()];
    const gradients = make();
    const alone = runOptimizer(optimizer, one, options);
    const together = onTwoThreads(name as keyof typeof optimizers, optimizer, two, gradients, options);
    for (let step = 0; step < 4; step++) {
      for (const { data } of gradients) for (let i = 0; i < data.length; i++) data[i] = rng.normal();
      alone.step(gradients, 0.01);
      await together.step(gradients, 0.01);
    }
    await together.close?.();
    expect(two.map(({ data }) => [...data])).toEqual(one.map(({ data }) => [...data]));
    expect(together.steps).toBe(alone.steps);
    const plain = (slots: typeof alone.slots) =>
      Object.entries(slots)
        .map(([slot, { data }]) => [slot, ...data])
        .sort();
    expect(plain(together.slots)).toEqual(plain(alone.slots));
  });

  it("names its slots after the parameters, each as large as its own", () => {
    const parameters = start();
    const { steps, slots } = runOptimizer(optimizer, parameters, options);
    expect(steps).toBe(0);
    expect(Object.keys(slots)).toHaveLength(optimizer.slots.length * parameters.length);
    for (const [slot, { data }] of Object.entries(slots))
      expect(data).toHaveLength(parameters.find(({ name }) => slot.endsWith(`/${name}`))!.data.length);
  });

  it("leaves the weights alone at a learning rate of 0", () => {
    const parameters = start();
    runOptimizer(optimizer, parameters, options).step(start(), 0); // any numbers do as gradients
    expect(parameters).toEqual(start());
  });

  it("updates ranges apart as it updates the whole", () => {
    const rng = createRng(name);
    const [weights, gradient, ...slots] = ["w", "g", ...optimizer.slots].map((stream) =>
      Float32Array.from({ length: 7 }, () => Math.abs(rng.fork(stream).normal())),
    ) as [Float32Array, Float32Array, ...Float32Array[]];
    const scalars = optimizer.scalars(options, { step: 3, rate: 0.01, decays: true });
    const whole = structuredClone({ weights, slots });
    optimizer.update(whole.weights, gradient, whole.slots, scalars);
    for (const [start, end] of [
      [0, 3],
      [3, 7],
    ]) {
      const part = (array: Float32Array) => array.subarray(start, end);
      optimizer.update(part(weights), part(gradient), slots.map(part), scalars);
    }
    expect({ weights, slots }).toEqual(whole);
  });

  it("says what it is and whose it is", () => {
    expect(optimizer.summary).not.toBe("");
    expect(optimizer.cite).toMatch(/\d{4}/);
  });
});
