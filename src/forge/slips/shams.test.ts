import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { readPixels } from "../canvas.ts";
import { drawLayout } from "./layout.ts";
import { planSlips } from "./plan.ts";
import { type Scene, shams } from "./shams.ts";
import { drawSlip } from "./slip.ts";
import { slipOptions } from "./slipOptions.ts";

const options = slipOptions.parse({});
const plans = planSlips({ count: 12, ratio: "1:1", seed: "shams", engines: ["canvas", "outline"], options });

/** Before and after, for a dozen slips. */
async function applied(name: "rerender" | "pasteBack", seed: number) {
  const { content } = plans[seed]!;
  const { canvas, fields } = await drawSlip(content, 300);
  const scene: Scene = { canvas, top: 0, fields, spared: fields, content, dp: 1 };
  const before = readPixels(canvas).data;
  await shams[name].apply(scene, createRng(seed));
  return { before, after: readPixels(scene.canvas).data };
}

it("sets nothing again where the ground has more than one colour", async () => {
  const { content } = plans[0]!;
  const release = Array.from({ length: 40 }, (_, i) => i).find(
    (further) => drawLayout(content.bank, further).wash !== undefined,
  )!;
  const { canvas, fields } = await drawSlip({ ...content, release }, 300);
  const scene: Scene = { canvas, top: 0, fields, spared: fields, content: { ...content, release }, dp: 1 };
  const before = readPixels(canvas).data;
  expect(await shams.rerender.apply(scene, createRng(1))).toBeUndefined();
  expect(readPixels(canvas).data).toEqual(before);
});

describe.each(["rerender", "pasteBack"] as const)("%s", (name) => {
  it.each(plans.map((_, i) => i))("leaves the pixels of slip %i as they were", async (seed) => {
    const { before, after } = await applied(name, seed);
    let largest = 0;
    for (const [i, level] of before.entries()) largest = Math.max(largest, Math.abs(level - after[i]!));
    expect(largest).toBeLessThanOrEqual(name === "pasteBack" ? 0 : 1);
  });
});
