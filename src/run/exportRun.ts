import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { metadataKey } from "../model/metadata.ts";
import { type ModelFile, modelTensors, readModelFile } from "../model/modelFile.ts";
import { writeSafetensors } from "../model/safetensors.ts";
import { exportModel } from "../nn/network.ts";

export const exportFormats = ["safetensors", "onnx"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportInput {
  /** A model that Assay wrote. */
  readonly model: string;
  /** Folder. */
  readonly out: string;
  /** Both, where absent. */
  readonly formats?: readonly ExportFormat[];
  /** Whether the ONNX file has the output "heatMap", too. */
  readonly heatMap?: boolean;
  readonly force?: boolean;
}

export interface ExportedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * A model's weights for other programs: `<name>.safetensors`, float32 under torchvision's names, and `<name>.onnx`,
 * operators of ONNX's own domain alone. Both keep our metadata. Throws UserError not-found, bad-model, exists.
 */
export async function exportRun(input: ExportInput): Promise<ExportedFile[]> {
  const { formats = exportFormats, heatMap = false, force = false } = input;
  const model = await readModelFile(input.model);
  const name = model.metadata.name.replace(/[^\w.-]+/g, "-");
  const path = (format: ExportFormat) => join(input.out, `${name}.${format}`);
  const taken = formats.map(path).filter((file) => existsSync(file));
  if (taken.length > 0 && !force)
    throw new UserError(
      "exists",
      `${taken.join(" and ")} stand there already. Write over them with --force, or choose another --out.`,
    );
  const files: ExportedFile[] = [];
  for (const format of formats) {
    const bytes = format === "onnx" ? portableOnnx(model, heatMap) : safetensorsOf(model);
    await writeAtomic(path(format), bytes);
    files.push({
      path: path(format),
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
    });
  }
  return files;
}

const metadataOf = ({ metadata }: ModelFile) => ({ [metadataKey]: JSON.stringify(metadata) });

function portableOnnx(model: ModelFile, heatMap: boolean): Uint8Array {
  return exportModel(model.metadata.network, modelTensors(model), metadataOf(model), { heatMap });
}

function safetensorsOf(model: ModelFile): Uint8Array {
  return writeSafetensors(new Map(Object.entries(modelTensors(model))), metadataOf(model));
}
