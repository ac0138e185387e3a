import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluateLoss } from "../../../test/contracts/evaluateLoss.ts";

interface Case {
  name: string;
  options: object;
  logits: number[];
  labels: number[];
  losses: number[];
  gradients: number[];
}

const file = new URL("../../../test/golden/nn/losses.json", import.meta.url);
const golden: { cases: Case[] } = JSON.parse(readFileSync(file, "utf8"));

describe("against PyTorch in float64, logits of ±100 included", () => {
  it.each(golden.cases)("$name $options", async ({ name, options, logits, labels, losses, gradients }) => {
    const own = await evaluateLoss(name, options, logits, labels);
    for (const [i, expected] of losses.entries())
      expect(Math.abs(own.losses[i]! - expected), `loss of row ${i}`).toBeLessThan(3e-7 * Math.max(1, expected));
    for (const [i, expected] of gradients.entries())
      expect(Math.abs(own.gradients[i]! - expected), `gradient of row ${i}`).toBeLessThan(3e-7);
  });
});
