import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { UserError } from "../core/errors.ts";
import type { NamedTensors } from "../nn/network.ts";
import { type ModelMetadata, metadataKey, parseMetadata } from "./metadata.ts";
import { modelTensors, parseModel } from "./modelFile.ts";
import { readSafetensors } from "./safetensors.ts";

/** Weights to start from: another library's, or a model of ours. */
export interface WeightsFile {
  readonly sha256: string;
  readonly tensors: NamedTensors;
  /** What a file that Assay wrote says of itself. */
  readonly metadata?: ModelMetadata;
}

const starts = (bytes: Uint8Array, ...first: number[]) => first.every((byte, i) => bytes[i] === byte);

/** Reads .safetensors (any library's) or .onnx (ours). Throws UserError not-found, unsupported-format, bad-model. */
export async function readWeightsFile(path: string): Promise<WeightsFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new UserError(
      "not-found",
      `There is no readable file of weights at ${path}. Check the path; docs/weights.md says where such files come from.`,
      { cause },
    );
  }
  refusePickles(path, bytes);
  if (path.toLowerCase().endsWith(".onnx")) {
    const model = parseModel(path, bytes);
    return { sha256: model.sha256, tensors: modelTensors(model), metadata: model.metadata };
  }
  const { tensors, metadata } = readSafetensors(path, bytes);
  const own = metadata[metadataKey];
  return {
    sha256: createHash("sha256").update(bytes).digest("hex"),
    tensors: Object.fromEntries(tensors),
    ...(own === undefined ? {} : { metadata: parseMetadata(path, own) }),
  };
}

/** PyTorch's .pth, .pt and .bin: a zip archive of pickles, or a bare pickle. Keras's .h5: HDF5. */
function refusePickles(path: string, bytes: Uint8Array): void {
  if (starts(bytes, 0x50, 0x4b, 3, 4) || (starts(bytes, 0x80) && bytes[1]! <= 5))
    throw new UserError(
      "unsupported-format",
      `${path} is a PyTorch pickle (or a zip archive), which runs code when it is opened, so Assay does not. Convert it once in Python: torch.load with weights_only=True, then save_file of safetensors.torch (docs/weights.md), or download the .safetensors file.`,
    );
  if (starts(bytes, 0x89, 0x48, 0x44, 0x46))
    throw new UserError(
      "unsupported-format",
      `${path} is an HDF5 file, as Keras writes it, whose tensors have other names and another order. Pass a .safetensors file with torchvision's or timm's names (docs/weights.md).`,
    );
}
