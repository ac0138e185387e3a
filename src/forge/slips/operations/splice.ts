import { z } from "zod";
import { grow, union } from "../../box.ts";
import { copyCanvas, saveOnce } from "../../canvas.ts";
import type { Operation } from "./operation.ts";

const options = z.object({
  quality: z
    .tuple([z.int().min(1).max(100), z.int().min(1).max(100)])
    .default([60, 95])
    .describe("JPEG quality of the donor's earlier save, low..high"),
  scaleError: z.number().min(0).max(0.5).default(0.05).describe("largest relative error of the pasted field's size"),
});

/** The same field cut from another slip, which had a JPEG save of its own, and pasted over this one's. */
export const splice = {
  summary: "The field of another slip pasted over this one's",
  cite: "DOMAIN: how fakes are made; Dong et al., CASIA, 2013",
  options,

  async apply({ canvas, field, donor: drawDonor, codec }, { quality: [low, high], scaleError }, rng) {
    const donor = drawDonor();
    const source = donor.fields.find(({ name }) => name === field.name) ?? donor.fields[0]!;
    const cut = copyCanvas(donor.canvas);
    const quality = low + rng.integer(high - low + 1);
    await saveOnce(cut, codec, { quality, subsampling: "4:2:0" });
    const scale = (field.style.size / source.style.size) * (1 + rng.between(-scaleError, scaleError));
    const margin = rng.between(3, 6);
    // Where the donor's ink comes to stand when its anchor is laid on this field's.
    const place = (x: number) => field.style.x + (x - source.style.x) * scale;
    const pasted = {
      x: place(source.box.x),
      y: field.style.baseline + (source.box.y - source.style.baseline) * scale,
      width: source.box.width * scale,
      height: source.box.height * scale,
    };
    const box = grow(union(field.box, pasted), margin, canvas);
    canvas
      .getContext("2d")
      .drawImage(
        cut,
        source.style.x + (box.x - field.style.x) / scale,
        source.style.baseline + (box.y - field.style.baseline) / scale,
        box.width / scale,
        box.height / scale,
        box.x,
        box.y,
        box.width,
        box.height,
      );
    return { box, parameters: { quality, scale, donorTheme: donor.content.device.theme } };
  },
} satisfies Operation<typeof options>;
