import { createCanvas } from "@napi-rs/canvas";
import { z } from "zod";
import { grow, union } from "../../box.ts";
import { fitted, inkBox, paintText } from "../text.ts";
import type { Operation } from "./operation.ts";

const options = z.object({
  strength: z.number().min(1).max(40).default(6).describe("how far the old text is smeared, in pixels"),
});

/** The old text is rubbed out with a blur, which leaves a cloud of it, and the new one is written upon the cloud. */
export const smudge = {
  summary: "The old text blurred away, the new one written upon the smear",
  cite: "FIELD 2: 40 % of human editors choose Gaussian blur (FSTS)",
  options,

  async apply({ canvas, field, text }, { strength }, rng) {
    const context = canvas.getContext("2d");
    const style = fitted(context, text, { ...field.style }, field.room);
    const box = grow(union(field.box, inkBox(context, text, style)), rng.between(2, 5), canvas);
    const radius = strength * rng.between(0.7, 1.3);
    // Shrink and enlarge: each small pixel is the mean of radius x radius of the large ones.
    const width = Math.max(1, Math.round(box.width / radius));
    const height = Math.max(1, Math.round(box.height / radius));
    const small = createCanvas(width, height);
    small.getContext("2d").drawImage(canvas, box.x, box.y, box.width, box.height, 0, 0, width, height);
    context.drawImage(small, 0, 0, width, height, box.x, box.y, box.width, box.height);
    paintText(context, text, style);
    return { box, parameters: { radius } };
  },
} satisfies Operation<typeof options>;
