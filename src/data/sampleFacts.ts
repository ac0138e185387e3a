import type { SampleFacts } from "../core/sample.ts";

const words = ["scenario", "app", "device", "font", "language", "operation"] as const;

/**
 * The facts of a row of manifest.jsonl, or of a CSV with such columns; what is no word or empty is left out, for these
 * facts are optional everywhere. Undefined where there are none.
 */
export function sampleFacts(row: object): SampleFacts | undefined {
  const columns = row as Readonly<Record<string, unknown>>;
  const facts: { -readonly [name in keyof SampleFacts]: SampleFacts[name] } = {};
  for (const name of words) {
    const word = wordOf(columns[name]);
    if (word !== undefined) facts[name] = word;
  }
  const fields = fieldsOf(columns.fields);
  if (fields.length > 0) facts.fields = fields;
  const level = launderingLevel(columns.laundering);
  if (level !== undefined) facts.laundering = level;
  return Object.keys(facts).length === 0 ? undefined : facts;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** A list of JSON, or words parted by spaces or semicolons. */
function fieldsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : (wordOf(value)?.split(/[\s;]+/) ?? []);
  return list.flatMap((field) => wordOf(field) ?? []);
}

/** From this JPEG quality on a delivery is a clean one. */
const highQuality = 85;

/** The word itself, that of `{"level": …}`, or by format and quality where a manifest has no level. */
function launderingLevel(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return wordOf(value);
  const { level, format, quality } = value as { level?: unknown; format?: unknown; quality?: unknown };
  if (wordOf(level) !== undefined) return wordOf(level);
  if (format === "png") return "png";
  if (format !== "jpeg" || typeof quality !== "number") return undefined;
  return quality >= highQuality ? "highJpeg" : "lowJpeg";
}
