import { describe, expect, it } from "vitest";
import { losses } from "../../src/nn/losses/index.ts";
import type { Loss } from "../../src/nn/losses/loss.ts";
import { evaluateLoss } from "./evaluateLoss.ts";

const logits = [-100, -8, -2, -0.5, 0, 0.3, 1.5, 6, 100];
const both = (label: number) => logits.map(() => label);

describe.each(Object.entries(losses) as [string, Loss][])("%s", (name, loss) => {
  it.each([0, 1])("gives one finite number of at least 0 a row, ±100 included, for label %d", async (label) => {
    const result = await evaluateLoss(name, {}, logits, both(label));
    expect(result.shape).toEqual([logits.length]);
    for (const value of result.losses) {
      expect(Number.isFinite(value)).toBe(true);
      expect(value).toBeGreaterThanOrEqual(0);
    }
    expect(result.gradients.every(Number.isFinite)).toBe(true);
  });

  it("costs more the further a logit is on the wrong side", async () => {
    const { losses: ofFakes } = await evaluateLoss(name, {}, logits, both(1));
    const { losses: ofReals } = await evaluateLoss(name, {}, logits, both(0));
    expect([...ofFakes].sort((a, b) => b - a)).toEqual([...ofFakes]);
    expect([...ofReals].sort((a, b) => a - b)).toEqual([...ofReals]);
  });

  it.each([0, 1])("has the gradient that central differences see, for label %d", async (label) => {
    const near = logits.filter((logit) => Math.abs(logit) < 50);
    const labels = near.map(() => label);
    const step = 1 / 64;
    const moved = (by: number) => near.map((logit) => logit + by);
    const { gradients } = await evaluateLoss(name, {}, near, labels);
    const above = (await evaluateLoss(name, {}, moved(step), labels)).losses;
    const below = (await evaluateLoss(name, {}, moved(-step), labels)).losses;
    for (const [row, gradient] of gradients.entries())
      expect(Math.abs((above[row]! - below[row]!) / (2 * step) - gradient)).toBeLessThan(1e-4);
  });

  it("says what it is and whose it is", () => {
    expect(loss.summary).not.toBe("");
    expect(loss.cite).toMatch(/\d{4}/);
  });
});
