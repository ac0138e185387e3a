import type { ComparisonData } from "./comparisonData.ts";

/**
 * The comparison that a JSON text holds. Throws a RangeError, a sentence, where it is no JSON, no comparison, or one of
 * another version; what stands deeper is taken at its word, for only `assay compare` writes it.
 */
export function readComparison(text: string): ComparisonData {
  const json = parse(text);
  if (!isRecord(json) || !Array.isArray(json.ratios) || !isRecord(json.dataset) || typeof json.control !== "string")
    throw new RangeError("This is no comparison. Choose a compare.json that `assay compare` wrote.");
  if (json.schemaVersion !== 1)
    throw new RangeError(
      `This comparison is of version ${String(json.schemaVersion)}, and this page reads version 1. Compare again, or use the Assay that wrote it.`,
    );
  const isWhole = json.ratios.every(
    (ratio) =>
      isRecord(ratio) &&
      isRecord(ratio.recommended) &&
      isRecord(ratio.curves) &&
      Array.isArray(ratio.improve) &&
      Array.isArray(ratio.strategies) &&
      ratio.strategies.every((row) => isRecord(row) && isRecord(row.metrics) && isRecord(row.cost)),
  );
  if (!isWhole) throw new RangeError("This comparison is damaged: a ratio lacks its strategies. Compare again.");
  return json as unknown as ComparisonData;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError("This file is no JSON. Choose a compare.json that `assay compare` wrote.");
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
