import { z } from "zod";
import { copyCanvas, saveOnce } from "../../canvas.ts";
import { setCode } from "./code.ts";
import type { Operation } from "./operation.ts";
import { pasteField } from "./splice.ts";

const options = z.object({
  pasted: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("chance that the code is cut from another slip, not drawn anew"),
});

/** The code alone is replaced, by that of another slip or by one that says something else. */
export const qrReplace = {
  summary: "The QR of another payment pasted or drawn over this one's",
  cite: "DOMAIN: codes and ids that can be checked",
  options,
  takes: "qr",

  async apply(edit, { pasted }, rng) {
    const [target] = edit.targets;
    if (target === undefined) return [];
    const { field } = target;
    if (!rng.chance(pasted)) return [{ field: field.name, ...setCode(edit, target, rng) }];
    const donor = await edit.donor();
    const cut = copyCanvas(donor.canvas);
    const quality = rng.chance(0.6) ? 60 + rng.integer(39) : null;
    if (quality !== null) await saveOnce(cut, edit.codec, { quality, subsampling: "4:2:0" });
    const source = donor.fields.find(({ kind }) => kind === "qr");
    if (source === undefined) return [{ field: field.name, ...setCode(edit, target, rng) }];
    const { box, scale } = pasteField(edit.canvas, cut, source, field, { error: 1, margin: rng.between(0, 3) });
    return [{ field: field.name, box, parameters: { quality, scale } }];
  },
} satisfies Operation<typeof options>;
