import { z } from "zod";
import { lookUp, parseOptions } from "../core/table.ts";
import type { Representation } from "./representation.ts";

type Single = Readonly<Record<string, Representation>>;

/** Several representations of one picture as one: their planes one after the other. */
export function stackOf(singles: Single) {
  const part = z.object({
    name: z.enum(Object.keys(singles)).describe("of a representation"),
    options: z.record(z.string(), z.unknown()).default({}).describe("of that representation"),
  });
  const options = z.object({
    of: z
      .array(part)
      .min(1)
      .default([
        { name: "rgb", options: {} },
        { name: "ela", options: {} },
      ])
      .describe("representations, in the order of their planes"),
  });
  const partsOf = ({ of }: z.infer<typeof options>) =>
    of.map(({ name, options: given }) => {
      const representation: Representation = lookUp(singles, "representation", name);
      return { name, representation, options: parseOptions(representation, `representation "${name}"`, given) };
    });

  return {
    summary: "Other representations of the same picture, their planes one after the other",
    cite: "none",
    options,
    channels: (given) =>
      partsOf(given).reduce((sum, { representation, options: own }) => sum + representation.channels(own), 0),
    range: (given) => {
      const ranges = partsOf(given).map(({ representation, options: own }) => representation.range(own));
      return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
    },

    /** As good as its weakest part: the first reason is the stack's. */
    applicability(image, given) {
      for (const { representation, options: own } of partsOf(given)) {
        const answer = representation.applicability?.(image, own);
        if (answer?.applies === false) return answer;
      }
      return { applies: true };
    },

    /** [a; b; ...]   // [sum of channels, height, width] */
    async compute(image, given, codec, into) {
      const { width, height } = image.pixels;
      const parts = partsOf(given);
      const sizes = parts.map(({ representation, options: own }) => representation.channels(own) * height * width);
      const data = into ?? new Float32Array(sizes.reduce((sum, size) => sum + size, 0));
      let at = 0;
      for (const [i, { representation, options: own }] of parts.entries()) {
        const room = data.subarray(at, at + sizes[i]!);
        const planes = await representation.compute(image, own, codec, room);
        if (planes.data !== room) room.set(planes.data);
        at += room.length;
      }
      return { channels: data.length / (height * width), height, width, data };
    },
  } satisfies Representation<typeof options>;
}
