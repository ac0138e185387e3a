import { basename } from "node:path";
import { UserError } from "../core/errors.ts";
import type { Dataset } from "../data/manifest.ts";
import type { Split } from "../data/split.ts";
import { seenInTraining } from "../evaluate/seen.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { readWeightsFile } from "../model/weightsFile.ts";
import { buildNetwork, type NamedNetwork } from "../nn/build.ts";
import type { NamedTensors } from "../nn/network.ts";
import { adoptWeights } from "../nn/weights/adoptWeights.ts";
import { requireVersion } from "../nn/weights/requireVersion.ts";

/** Where a run's weights begin, if not at random. */
export interface InitialWeights {
  readonly file: string;
  readonly sha256: string;
  /** All of the network's tensors but, where the file has none of ours, the head's. */
  readonly tensors: NamedTensors;
  /** Of a file that Assay wrote. */
  readonly metadata?: ModelMetadata;
  /** "Weights: 265 of 273 tensors from resnet50.safetensors; the head starts afresh" */
  readonly sentence: string;
}

/** Reads the file and fits it to the network. Throws UserError where it does not fit: before any picture is read. */
export async function initialWeights(path: string, network: NamedNetwork): Promise<InitialWeights> {
  const { sha256, tensors: inFile, metadata } = await readWeightsFile(path);
  const { net } = buildNetwork(network, "inference", "batch");
  const wanted = [...net.parameters, ...net.statistics];
  const trained = metadata?.network.architecture;
  const found = network.architecture.name === "ensemble" ? inFile : withoutMemberHeads(inFile);
  const where = trained === undefined ? path : `${path} (${trained.name} with ${JSON.stringify(trained.options)})`;
  const { tensors, adopted, fresh } = adoptWeights(found, wanted, where);
  requireVersion(trained, network.architecture, path);
  const spread = adopted.filter((name) => tensors[name] !== found[name]);
  const sentence = [
    `Weights: ${adopted.length} of ${wanted.length} tensors from ${basename(path)}`,
    ...spread.map((name) => `${name}, made for 3 planes, is spread over ${network.input.channels}`),
    fresh.length > 0 ? "the head starts afresh" : "the head goes on, too",
  ].join("; ");
  return { file: basename(path), sha256, tensors, sentence, ...(metadata === undefined ? {} : { metadata }) };
}

/** Of an ensemble on one backbone, the backbone goes on: none of its heads is the network's. */
function withoutMemberHeads(tensors: NamedTensors): NamedTensors {
  return Object.fromEntries(Object.entries(tensors).filter(([name]) => !/^head\.member\d+\./.test(name)));
}

/** Throws UserError where a model that we start from has learnt from pictures on which this run would be judged. */
export function requireUnseen({ file, metadata }: InitialWeights, { parts, naive }: Split, dataset: Dataset): void {
  if (metadata === undefined) return;
  const { samples, groups } = seenInTraining(metadata, parts.test, dataset);
  // A naive split has its groups in several parts, its own model's included.
  if (samples === 0 && (naive || groups === 0)) return;
  const { kind, seed } = metadata.training.split;
  throw new UserError(
    "bad-dataset",
    `${file} has learnt from ${samples} of the ${parts.test.length} test pictures of this run and knows ${groups} of their groups: its test figures would flatter. Pass the split that it was trained on (--split ${kind} --seed ${seed}, with the same --group-by), or other pictures.`,
  );
}
