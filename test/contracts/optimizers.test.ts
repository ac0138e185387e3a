import { describe, expect, it } from "vitest";
import { createRng } from "../../src/core/rng.ts";
import { parseOptions } from "../../src/core/table.ts";
import { optimizers } from "../../src/nn/optimizers/index.ts";
import type { Optimizer } from "../../src/nn/optimizers/optimizer.ts";

describe.each(Object.entries(optimizers) as [string, Optimizer][])("%s", (name, optimizer) => {
  const options = parseOptions(optimizer, name, {});
  const start = () => [
    { name: "a", data: Float32Array.of(3, -2, 0.5) },
    { name: "b", data: Float32Array.of(-1) },
  ];

  it("minimises a quadratic whose axes differ twentyfold", () => {
    const [target, curvature] = [
      [1, 2, -1, 4],
      [1, 5, 0.25, 2],
    ];
    const parameters = start();
    const run = optimizer.create(parameters, options);
    const all = () => parameters.flatMap(({ data }) => [...data]);
    const loss = () => all().reduce((sum, w, i) => sum + (curvature[i]! * (w - target[i]!) ** 2) / 2, 0);
    const before = loss();
    for (let step = 0; step < 600; step++) {
      const slopes = all().map((w, i) => curvature[i]! * (w - target[i]!));
      run.step([Float32Array.from(slopes.slice(0, 3)), Float32Array.from(slopes.slice(3))], 0.03);
    }
    expect(loss()).toBeLessThan(1e-4 * before);
  });

  it("goes on from a saved state, bit for bit", () => {
    const rng = createRng(name);
    const gradients = Array.from({ length: 12 }, () =>
      start().map(({ data }) => Float32Array.from(data, () => rng.normal())),
    );
    const whole = start();
    const uninterrupted = optimizer.create(whole, options);
    for (const gradient of gradients) uninterrupted.step(gradient, 0.01);

    const halves = start();
    const first = optimizer.create(halves, options);
    for (const gradient of gradients.slice(0, 5)) first.step(gradient, 0.01);
    const saved = structuredClone(first.state());
    const second = optimizer.create(halves, options);
    second.load(saved);
    const kept = structuredClone(saved);
    for (const gradient of gradients.slice(5)) second.step(gradient, 0.01);

    expect(halves).toEqual(whole);
    expect(second.state()).toEqual(uninterrupted.state());
    expect(saved).toEqual(kept); // load copies: the saved state is nobody's memory
  });

  it("names its slots after the parameters, each as large as its own", () => {
    const parameters = start();
    const { step, slots } = optimizer.create(parameters, options).state();
    expect(step).toBe(0);
    for (const [slot, { length }] of Object.entries(slots))
      expect(length).toBe(parameters.find((parameter) => slot.endsWith(`/${parameter.name}`))?.data.length);
  });

  it("leaves the weights alone at a learning rate of 0", () => {
    const parameters = start();
    optimizer.create(parameters, options).step(
      start().map(({ data }) => data),
      0,
    ); // any numbers do as gradients
    expect(parameters).toEqual(start());
  });

  it("says what it is and whose it is", () => {
    expect(optimizer.summary).not.toBe("");
    expect(optimizer.cite).toMatch(/\d{4}/);
  });
});
