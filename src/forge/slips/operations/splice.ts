import { z } from "zod";
import { type Box, grow, union } from "../../box.ts";
import { copyCanvas, saveOnce } from "../../canvas.ts";
import type { Align } from "../text.ts";
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
    const donor = await drawDonor();
    const source = donor.fields.find(({ name }) => name === field.name) ?? donor.fields[0]!;
    const cut = copyCanvas(donor.canvas);
    const quality = low + rng.integer(high - low + 1);
    await saveOnce(cut, codec, { quality, subsampling: "4:2:0" });
    const scale = (field.style.size / source.style.size) * (1 + rng.between(-scaleError, scaleError));
    const margin = rng.between(3, 6);
    // The edge by which this field is set is the edge by which the paste is laid.
    const [to, from] = [anchor(field.box, field.style.align), anchor(source.box, field.style.align)];
    const { baseline } = field.style;
    const pasted = {
      x: to + (source.box.x - from) * scale,
      y: baseline + (source.box.y - source.style.baseline) * scale,
      width: source.box.width * scale,
      height: source.box.height * scale,
    };
    const box = grow(union(field.box, pasted), margin, canvas);
    const cutX = from + (box.x - to) / scale;
    const cutY = source.style.baseline + (box.y - baseline) / scale;
    const context = canvas.getContext("2d");
    context.drawImage(cut, cutX, cutY, box.width / scale, box.height / scale, box.x, box.y, box.width, box.height);
    return { box, parameters: { quality, scale, donorTheme: donor.content.device.theme } };
  },
} satisfies Operation<typeof options>;

function anchor({ x, width }: Box, align: Align): number {
  return align === "left" ? x : align === "right" ? x + width : x + width / 2;
}
