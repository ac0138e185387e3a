import { z } from "zod";

/** The bodies of HTTP answers about comparisons of strategies; the rest of them: answers.ts. */

const comparisonRow = z.object({
  name: z.string().describe("of its folder in runs/"),
  createdAt: z.string().describe("ISO 8601"),
  dataset: z.string(),
  strategies: z.int().describe("how many were compared"),
  ratios: z.array(
    z.object({ ratio: z.string(), recommended: z.string().nullable().describe("null: none beats doing nothing") }),
  ),
});

export const comparisonsAnswer = z.object({
  schemaVersion: z.literal(1),
  comparisons: z.array(comparisonRow).describe("the newest first"),
});
export type ComparisonsAnswer = z.infer<typeof comparisonsAnswer>;

/** compare.json as `assay compare` wrote it; its fields: src/report/compare/comparisonData.ts. */
export const comparisonAnswer = z
  .looseObject({ schemaVersion: z.literal(1), createdAt: z.string(), ratios: z.array(z.unknown()) })
  .describe("compare.json, as assay compare wrote it");
