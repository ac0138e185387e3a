import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { buildNetwork } from "../nn/build.ts";
import { exportModel, type NamedTensors } from "../nn/network.ts";
import { requireTensors } from "../nn/tensors.ts";
import { readModel } from "../onnx/readModel.ts";
import { type ModelMetadata, metadataKey, parseMetadata } from "./metadata.ts";

/** One .onnx: a standard graph that any ONNX runtime opens, with our metadata in it. */
export interface ModelFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  readonly metadata: ModelMetadata;
}

/** Writes to a temporary name, then renames: a model of that name which stood there before is never damaged. */
export async function saveModel(path: string, tensors: NamedTensors, metadata: ModelMetadata): Promise<string> {
  const bytes = exportModel(metadata.network, tensors, { [metadataKey]: JSON.stringify(metadata) });
  await writeAtomic(path, bytes);
  return createHash("sha256").update(bytes).digest("hex");
}

/** Throws UserError not-found, bad-model (not ONNX, cut short, not ours). */
export async function readModelFile(path: string): Promise<ModelFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const ofRun = join(path, "weights", "best.onnx");
    throw new UserError(
      "not-found",
      existsSync(ofRun)
        ? `${path} is the folder of a run. Pass its model, ${ofRun}.`
        : `There is no readable model at ${path}. Train one with "assay train", or pass another --model.`,
      { cause },
    );
  }
  return parseModel(path, bytes);
}

/** A model file from its bytes. Throws UserError bad-model. */
export function parseModel(path: string, bytes: Uint8Array): ModelFile {
  const { metadata } = readOnnx(path, bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { path, sha256, bytes, metadata: parseMetadata(path, metadata[metadataKey]) };
}

/** The network's own tensors in a model file, without the constants of its graph. */
export function modelTensors({ path, bytes, metadata }: ModelFile): NamedTensors {
  const { tensors } = readOnnx(path, bytes);
  const { net } = buildNetwork(metadata.network, "inference", "batch");
  requireTensors(net, tensors);
  return Object.fromEntries([...net.parameters, ...net.statistics].map(({ name }) => [name, tensors[name]!]));
}

function readOnnx(path: string, bytes: Uint8Array): ReturnType<typeof readModel> {
  try {
    return readModel(bytes);
  } catch (cause) {
    throw new UserError(
      "bad-model",
      `${path} is no ONNX file, or it is cut short (${bytes.length.toLocaleString("en")} bytes). Pass a model that assay wrote, such as runs/<name>/weights/best.onnx.`,
      { cause },
    );
  }
}
