import type { Canvas } from "@napi-rs/canvas";
import { z } from "zod";
import { type Box, grow, union } from "../../box.ts";
import { copyCanvas, saveOnce } from "../../canvas.ts";
import type { SlipField } from "../slip.ts";
import { letterHeight } from "./code.ts";
import type { Operation } from "./operation.ts";

const options = z.object({
  quality: z
    .tuple([z.int().min(1).max(100), z.int().min(1).max(100)])
    .default([60, 98])
    .describe("JPEG quality of the donor's earlier save, low..high"),
  saved: z.number().min(0).max(1).default(0.75).describe("chance that the donor had such a save"),
  scaleError: z.number().min(0).max(0.5).default(0.05).describe("largest relative error of the pasted field's size"),
  scaled: z.number().min(0).max(1).default(0.6).describe("chance that the paste was scaled at all"),
});

/** The same field cut from another slip, which may have had a JPEG save of its own, and pasted over this one's. */
export const splice = {
  summary: "The field of another slip pasted over this one's",
  cite: "DOMAIN: how fakes are made; Dong et al., CASIA, 2013",
  options,
  takes: "drawn",

  async apply({ canvas, targets, donor: drawDonor, codec }, { quality: [low, high], saved, ...chances }, rng) {
    const donor = await drawDonor();
    const cut = copyCanvas(donor.canvas);
    const drawn = low + rng.integer(high - low + 1);
    const quality = rng.chance(saved) ? drawn : null;
    if (quality !== null) await saveOnce(cut, codec, { quality, subsampling: "4:2:0" });
    const error = rng.chance(chances.scaled) ? 1 + rng.between(-chances.scaleError, chances.scaleError) : 1;
    return targets.map(({ field }) => {
      const source =
        donor.fields.find(({ name }) => name === field.name) ?? donor.fields.find(({ kind }) => kind === field.kind)!;
      const margin = Math.max(2, letterHeight(field) * rng.between(0.15, 0.4));
      const { box, scale } = pasteField(canvas, cut, source, field, { error, margin });
      return { field: field.name, box, parameters: { quality, scale, donorTheme: donor.content.device.theme } };
    });
  },
} satisfies Operation<typeof options>;

/** Lays a field of one picture over that of another: in the size of its letters, on its baseline, at its fixed edge. */
export function pasteField(
  canvas: Canvas,
  cut: Canvas,
  source: SlipField,
  field: SlipField,
  { error, margin }: { error: number; margin: number },
): { box: Box; scale: number } {
  const code = field.kind === "qr";
  const exact = code ? field.box.width / source.box.width : field.style.size / source.style.size;
  const scale = exact * error;
  const edge = ({ x, width }: Box) =>
    code || field.style.align === "left" ? x : field.style.align === "right" ? x + width : x + width / 2;
  const foot = ({ box, style }: SlipField) => (code ? box.y + box.height : style.baseline);
  const [to, from] = [edge(field.box), edge(source.box)];
  const [floor, ownFloor] = [foot(field), foot(source)];
  const pasted = {
    x: to + (source.box.x - from) * scale,
    y: floor + (source.box.y - ownFloor) * scale,
    width: source.box.width * scale,
    height: source.box.height * scale,
  };
  const box = grow(union(field.box, pasted), margin, canvas);
  const [cutX, cutY] = [from + (box.x - to) / scale, ownFloor + (box.y - floor) / scale];
  const context = canvas.getContext("2d");
  context.drawImage(cut, cutX, cutY, box.width / scale, box.height / scale, box.x, box.y, box.width, box.height);
  return { box, scale: Math.round(1e4 * scale) / 1e4 };
}
