import type { Canvas } from "@napi-rs/canvas";
import { z } from "zod";
import type { Box } from "../../box.ts";
import { readRegion, writeRegion } from "../../canvas.ts";
import { letterHeight } from "./code.ts";
import { aim, drawHand, handOptions, handParameters, write } from "./hand.ts";
import type { Operation } from "./operation.ts";

const options = handOptions.extend({
  strength: z
    .number()
    .min(0.05)
    .max(4)
    .default(0.7)
    .describe("how far the old text is smeared, in heights of its letters"),
});

/** The old text is rubbed out with a blur, which leaves a cloud of it, and the new one is written upon the cloud. */
export const smudge = {
  summary: "The old text blurred or smeared away, the new one written upon the rest of it",
  cite: "FIELD 2: 40 % of human editors choose Gaussian blur (FSTS)",
  options,
  takes: "drawn",

  async apply(edit, { strength, ...handed }, rng) {
    const hand = drawHand(edit, handed, rng);
    const way = rng.pick(["blur", "smear"] as const);
    const factor = strength * rng.between(0.6, 1.4);
    const forged = [];
    for (const target of edit.targets) {
      const { name } = target.field;
      const place = aim(edit, target, hand, rng.fork(name));
      const reach = Math.max(2, factor * letterHeight(target.field));
      blur(edit.canvas, place.room, way === "blur" ? [reach, reach] : [4 * reach, reach / 3]);
      const box = await write(edit, target, place, hand, rng.fork(`${target.field.name}/code`));
      const radius = Math.round(100 * reach) / 100;
      forged.push({ field: name, box, parameters: { ...handParameters(hand, place.style), way, radius } });
    }
    return forged;
  },
} satisfies Operation<typeof options>;

/** Near a Gaussian blur within the box: three running means along each axis, borders repeated. */
export function blur(canvas: Canvas, box: Box, [across, down]: readonly [number, number]): void {
  const { data } = readRegion(canvas, box);
  for (let pass = 0; pass < 3; pass++) {
    runningMeans(data, { lines: box.height, jump: 3 * box.width, length: box.width, step: 3 }, Math.round(across / 2));
    runningMeans(data, { lines: box.width, jump: 3, length: box.height, step: 3 * box.width }, Math.round(down / 2));
  }
  writeRegion(canvas, { box, data });
}

/** Each level becomes the mean of the 2 r + 1 around it on its line, for every line and channel. */
function runningMeans(
  data: Float32Array,
  { lines, jump, length, step }: { lines: number; jump: number; length: number; step: number },
  radius: number,
): void {
  if (radius < 1) return;
  const line = new Float32Array(length);
  for (let l = 0; l < lines; l++)
    for (let c = 0; c < 3; c++) {
      const start = l * jump + c;
      for (let i = 0; i < length; i++) line[i] = data[start + i * step]!;
      const at = (i: number) => line[Math.min(length - 1, Math.max(0, i))]!;
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += at(i);
      for (let i = 0; i < length; i++) {
        data[start + i * step] = sum / (2 * radius + 1);
        sum += at(i + radius + 1) - at(i - radius);
      }
    }
}
