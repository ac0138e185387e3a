import { workerData } from "piscina";
import { UserError } from "../core/errors.ts";
import type { Sample } from "../core/sample.ts";
import { oneByOne } from "../data/crew.ts";
import { openSample } from "../data/prepare.ts";
import { applyProtocol, type ProtocolName } from "../data/protocols.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { readModelFile } from "../model/modelFile.ts";
import { openTileNetwork, type TileNetwork } from "./tileNetwork.ts";

export interface TileVectorSettings {
  /** Path of the model file, and what it was when the vectors were asked for. */
  readonly path: string;
  readonly sha256: string;
  /** The dataset's root. */
  readonly root: string;
  readonly protocol: ProtocolName;
}

export type TileVectorJob = Pick<Sample, "path" | "sha256">;

const { path, sha256, root, protocol } = workerData as TileVectorSettings;
let opened: Promise<TileNetwork> | undefined;

/** From a file to its vector; each worker has a network of its own, on one thread. */
export default oneByOne(async (sample: TileVectorJob) => {
  opened ??= open();
  const image = await applyProtocol(protocol, await openSample(root, sample, sharpCodec), sharpCodec);
  return (await opened).vectorOf(image, sharpCodec);
});

async function open(): Promise<TileNetwork> {
  const file = await readModelFile(path);
  if (file.sha256 !== sha256)
    throw new UserError("bad-model", `${path} has changed since the comparison began. Run the command again.`);
  return openTileNetwork(file, { threads: 1 });
}
