import { workerData } from "piscina";
import type { Sample } from "../core/sample.ts";
import { oneByOne } from "../data/crew.ts";
import { openSample } from "../data/prepare.ts";
import { applyProtocol, type ProtocolName } from "../data/protocols.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { examineTiles } from "../model/examinePicture.ts";
import { pooledStatistics } from "../model/pooling.ts";
import { type Model, openModel } from "../model/predict.ts";

export interface StatisticsSettings {
  /** Path of the model file. */
  readonly path: string;
  /** The dataset's root. */
  readonly root: string;
  readonly protocol: ProtocolName;
}

export type StatisticsJob = Pick<Sample, "path" | "sha256">;

const { path, root, protocol } = workerData as StatisticsSettings;
let opened: Promise<Model> | undefined;

/** What the pooling head sees of a picture; each worker has a network of its own, on one thread. */
export default oneByOne(async (sample: StatisticsJob) => {
  opened ??= openModel(path, { threads: 1 });
  const image = await applyProtocol(protocol, await openSample(root, sample, sharpCodec), sharpCodec);
  return Float32Array.from(pooledStatistics(await examineTiles(await opened, image, sharpCodec)));
});
