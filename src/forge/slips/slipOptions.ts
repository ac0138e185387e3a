import { z } from "zod";
import { launderingOptions } from "../launder.ts";

const share = z.number().min(0).max(1);

/** How a set of slips is made: everything but its size and its seed. */
export const slipOptions = z.strictObject({
  width: z.int().min(240).max(1440).default(360).describe("of the pictures, in pixels"),
  fields: z
    .tuple([z.int().min(1).max(9), z.int().min(1).max(9)])
    .default([1, 3])
    .describe("how many fields of a fake are replaced, low..high"),
  operations: z
    .record(
      z.string(),
      z.strictObject({
        weight: z.number().positive().default(1),
        options: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default({
      patchText: { weight: 1, options: {} },
      smudge: { weight: 1, options: {} },
      splice: { weight: 1, options: {} },
      digitCopy: { weight: 1, options: {} },
    })
    .describe("ways to replace a field, each with its weight and its options"),
  donors: z
    .enum(["sameLook", "anyLook"])
    .default("sameLook")
    .describe("slips that fields are spliced from: of the same release and theme, or any of the app"),
  earlierSave: share
    .default(0.5)
    .describe("share of pictures, of both classes alike, that had a JPEG save before the edit"),
  sham: share
    .default(0.4)
    .describe("share of pictures, of both classes alike, with an edit that changes nothing that is said"),
  accountSize: z.number().min(1).max(50).default(3).describe("pictures of one account, on average"),
  laundering: launderingOptions.prefault({}),
});
export type SlipOptions = z.infer<typeof slipOptions>;
