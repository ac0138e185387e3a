import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package, seen from src/detect and from dist/detect alike. */
const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Path of the model that ships with assay and answers where none is named; undefined where the package lacks it. */
export function shippedModel(root: string = packageRoot): string | undefined {
  const path = join(root, "models", "slips.onnx");
  return existsSync(path) ? path : undefined;
}
