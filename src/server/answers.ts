import { z } from "zod";
import { formats } from "../image/codec.ts";

/** The bodies of HTTP answers: the OpenAPI page, the serializer and the web page's types all come from here. */

export const errorAnswer = z.object({
  error: z.object({ code: z.string(), message: z.string().describe("a whole sentence with a next step") }),
});

export const pngAnswer = z.custom<Uint8Array>((body) => body instanceof Uint8Array).describe("a PNG");

export const modelCard = z.object({
  name: z.string(),
  sha256: z.string(),
  domain: z.string().describe("what the model was trained on, in one line"),
});

export const pictureFacts = z.object({
  format: z.string().describe(formats.join(", ")),
  width: z.int().describe("in pixels, as stored"),
  height: z.int().describe("in pixels, as stored"),
  bytes: z.int(),
  orientation: z.int().min(1).max(8).describe("EXIF orientation, 1 where absent"),
});

const region = z.object({
  x: z.int().describe("left edge, in pixels of the picture as stored"),
  y: z.int().describe("top edge"),
  width: z.int(),
  height: z.int(),
  score: z.number().describe("mean of the map over the region, 0..1"),
  field: z.string().optional().describe("of a slip whose layout is known"),
});

export const detectAnswer = z.object({
  schemaVersion: z.literal(1),
  file: z.string(),
  sha256: z.string(),
  verdict: z.enum(["real", "fake", "inconclusive"]).describe("real means: no alteration evidence found"),
  outside: z
    .string()
    .optional()
    .describe(
      "why the picture is none of those that the model knows: the verdict is inconclusive, whatever the probability",
    ),
  probability: z.number().describe("that the picture was altered, calibrated, 0..1"),
  thresholds: z.object({ real: z.number(), fake: z.number() }),
  falseAlarmRate: z.number().describe("share of genuine validation pictures at or above thresholds.fake"),
  model: modelCard,
  picture: pictureFacts,
  regions: z.array(region).optional().describe("of models that localise: at most 12 places, the most suspicious first"),
  evidence: z.array(z.string()).readonly(),
  warnings: z.array(z.string()).readonly(),
  heatMap: z
    .string()
    .optional()
    .describe("grey PNG as a data URL, laid out as the picture is shown (upright); white = 1"),
});
export type DetectAnswer = z.infer<typeof detectAnswer>;

export const inspectAnswer = z.object({
  schemaVersion: z.literal(1),
  file: z.string(),
  hashes: z.object({ sha256: z.string(), sha1: z.string(), md5: z.string() }),
  picture: pictureFacts,
  decoder: z.string(),
  jpeg: z
    .object({
      progressive: z.boolean(),
      subsampling: z.string(),
      quality: z.number().optional().describe("libjpeg's quality whose tables come nearest, 1..100"),
      standardTables: z.boolean().describe("the tables are exactly libjpeg's for that quality"),
      tables: z.array(z.object({ id: z.int(), values: z.array(z.int()).describe("64 steps, row by row") })),
      applications: z.array(z.string()),
      comments: z.array(z.string()),
      complete: z.boolean().describe("an end-of-image marker was found"),
      trailingBytes: z.int().describe("after the end of the picture"),
    })
    .optional(),
  metadata: z.object({
    entries: z.array(z.object({ group: z.string(), name: z.string(), value: z.string() })),
    software: z.string().optional().describe("that says it wrote the file"),
    captureTime: z.string().optional(),
    contentCredentials: z.boolean().describe("C2PA is named in the file; it is not verified here"),
    editor: z.boolean().describe("the software edits pictures"),
  }),
  warnings: z.array(z.string()),
});
export type InspectAnswer = z.infer<typeof inspectAnswer>;

const estimate = z.union([
  z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.number() }),
  z.object({ undefinedBecause: z.string() }),
]);

export const modelAnswer = z.object({
  schemaVersion: z.literal(1),
  model: modelCard.nullable(),
  operatingPoint: z
    .object({ falseAlarmRate: estimate, recall: estimate })
    .optional()
    .describe("what the verdict fake measured on validation, with 95 % intervals"),
  nextStep: z.string().optional().describe("how to get a model, where there is none"),
  limits: z.object({ maxBytes: z.int(), maxPixels: z.int() }),
});
export type ModelAnswer = z.infer<typeof modelAnswer>;

const tableEntry = z.object({ name: z.string(), summary: z.string(), cite: z.string(), options: z.unknown() });

const tableRows = z.array(tableEntry).describe("each with the JSON Schema of its options");

export const registryAnswer = z.object({
  schemaVersion: z.literal(1),
  representations: tableRows,
  architectures: tableRows,
  losses: tableRows,
  optimizers: tableRows,
  schedules: tableRows,
  imbalance: tableRows,
  slipOperations: tableRows,
});
