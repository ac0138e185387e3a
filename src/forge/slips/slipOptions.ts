import { z } from "zod";
import { launderingOptions } from "../launder.ts";
import { type BankName, seenBanks } from "./banks.ts";
import { releasesPerBank } from "./layout.ts";

const share = z.number().min(0).max(1);

/** How a set of slips is made: everything but its size, its engines and its seed. */
export const slipOptions = z.strictObject({
  width: z.int().min(240).max(1440).optional().describe("of the pictures, in pixels; by default the phone's own"),
  apps: z
    .array(z.enum(seenBanks as [BankName, ...BankName[]]))
    .min(1)
    .default([...seenBanks])
    .describe("invented banks that slips are drawn of, held-out ones aside"),
  releases: z
    .int()
    .min(1)
    .max(1000)
    .default(releasesPerBank)
    .describe(
      "releases of each app that is seen: those beyond the first four have fonts, colours and grounds of any kind, to train on",
    ),
  fields: z
    .tuple([z.int().min(1).max(10), z.int().min(1).max(10)])
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
      patchText: { weight: 3, options: {} },
      contentFill: { weight: 3, options: {} },
      smudge: { weight: 2, options: {} },
      digitCopy: { weight: 2, options: {} },
      splice: { weight: 2, options: {} },
      rerenderBlock: { weight: 1, options: {} },
      emptiedTemplate: { weight: 1, options: {} },
      qrReplace: { weight: 0.5, options: {} },
    })
    .describe("ways to replace fields, each with its weight and its options"),
  donors: z
    .enum(["sameLook", "anyLook"])
    .default("sameLook")
    .describe("slips that fields are spliced from: of the same release and theme, or any of the app"),
  earlierSave: share
    .default(0.5)
    .describe("share of pictures, of both classes alike, that had a JPEG save before the edit"),
  sham: share
    .default(0.35)
    .describe("share of pictures, of both classes alike, with an edit that changes nothing that is said"),
  accountSize: z.number().min(1).max(50).default(3).describe("pictures of one account, on average"),
  twins: share
    .default(0)
    .describe(
      "of the fakes whose unedited source stands in the set, the share that shares its whole life, all saves included: pairs to train on",
    ),
  otherScreens: share
    .default(0)
    .describe("of the genuine pictures of apps that are seen, the share that shows another app's screen and no slip"),
  parts: z
    .strictObject({ train: share, validation: share, calibration: share, test: share })
    .refine((parts) => Math.abs(Object.values(parts).reduce((sum, part) => sum + part, 0) - 1) < 1e-6, {
      message: "the four shares must add up to 1",
    })
    .default({ train: 0.6, validation: 0.15, calibration: 0.1, test: 0.15 })
    .describe("share of the accounts in each part of the split"),
  unseenShare: share
    .default(0.12)
    .describe("share of pictures whose app stands in no other part than test, with fonts and phones of its own"),
  sources: share
    .default(0.5)
    .describe("share of fakes whose unedited source stands in the set, where the account has one"),
  laundering: launderingOptions.prefault({}),
});
export type SlipOptions = z.infer<typeof slipOptions>;
