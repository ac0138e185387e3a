import { existsSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { nearest, UserError } from "../core/errors.ts";

const standardFile = "assay.json";

/**
 * Fills in what no flag and no environment variable gave, from the project file (assay.json, or --config): flags >
 * ASSAY_… variables > project file > defaults. Its keys are the long flags in camel case; unknown keys are errors.
 */
export function applyProjectFile(command: Command): void {
  const given = command.optsWithGlobals<{ config?: string }>().config;
  const file = given ?? standardFile;
  if (given === undefined && !existsSync(file)) return;
  let values: Record<string, unknown>;
  try {
    values = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new UserError(
      "usage",
      `Cannot read the project file ${file}: ${cause instanceof Error ? cause.message : cause}. It is JSON such as { "model": "runs/x/weights/best.onnx" }.`,
      { cause },
    );
  }
  const known = allFlags(command.parent ?? command);
  for (const [key, value] of Object.entries(values)) {
    if (!known.has(key)) {
      const near = nearest(key, [...known]);
      throw new UserError(
        "usage",
        `Unknown key "${key}" in ${file}.${near ? ` Did you mean "${near}"?` : ""} Known: ${[...known].sort().join(", ")}.`,
      );
    }
    const source = command.getOptionValueSource(key);
    const isOwn = command.options.some((option) => option.attributeName() === key);
    if (isOwn && (source === undefined || source === "default")) command.setOptionValueWithSource(key, value, "config");
  }
}

/** Every flag of every command: one project file serves them all. */
function allFlags(root: Command): Set<string> {
  const names = root.options.map((option) => option.attributeName());
  for (const child of root.commands) names.push(...allFlags(child));
  return new Set(names);
}
