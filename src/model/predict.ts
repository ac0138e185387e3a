import { UserError } from "../core/errors.ts";
import { createSession, type Session } from "../onnx/session.ts";
import { type ModelFile, readModelFile } from "./modelFile.ts";

/** A map of where the network looked, at the size of its last feature map. */
export interface CoarseMap {
  readonly height: number;
  readonly width: number;
  /** [height, width], 0 and above where it shows people anything */
  readonly data: Float32Array;
  /** Side of a cell, in pixels of the picture, where the map is laid over it from its top left corner. */
  readonly cell?: number;
}

export interface Model {
  readonly file: ModelFile;
  /** x [rows, channels, height, width] -> logits [rows] */
  predict(x: Float32Array, rows: number): Promise<Float32Array>;
  /** One row: its logit and its Grad-CAM (Selvaraju et al., 2017). */
  explain(x: Float32Array): Promise<{ logit: number; heatMap: CoarseMap }>;
  /** Of networks that localise: tiles [rows, channels, side, side] -> a logit a tile and one a cell   // [rows], [rows, height, width] */
  mapOf(x: Float32Array, rows: number): Promise<{ logits: Float32Array; maps: CoarseMap }>;
  release(): Promise<void>;
}

export async function openModel(path: string, { threads }: { threads?: number } = {}): Promise<Model> {
  const file = await readModelFile(path);
  const { channels, height, width } = file.metadata.network.input;
  let session: Session;
  try {
    session = await createSession(file.bytes, threads === undefined ? {} : { threads });
  } catch (cause) {
    throw new UserError(
      "bad-model",
      `ONNX Runtime refuses ${path}: ${String(cause)}. Train again, or pass another --model.`,
      { cause },
    );
  }
  const feed = (x: Float32Array, rows: number) => ({ x: { data: x, shape: [rows, channels, height, width] } });
  return {
    file,
    predict: async (x, rows) => (await session.compute(feed(x, rows), ["logit"])).logit!.data,
    async explain(x) {
      if (!session.outputNames.includes("heatMap"))
        throw new UserError(
          "bad-model",
          `${path} has no heat map. Ask without one, pass the run's own weights/best.onnx, or export again with --heat-map.`,
        );
      const { logit, heatMap } = await session.compute(feed(x, 1), ["logit", "heatMap"]);
      const [, mapHeight, mapWidth] = heatMap!.shape;
      return { logit: logit!.data[0]!, heatMap: { height: mapHeight!, width: mapWidth!, data: heatMap!.data } };
    },
    async mapOf(x, rows) {
      if (!session.outputNames.includes("map"))
        throw new UserError("bad-model", `${path} has no map of cells. Train it with an architecture that localises.`);
      const { logit, map } = await session.compute(feed(x, rows), ["logit", "map"]);
      const [, mapHeight, mapWidth] = map!.shape;
      return { logits: logit!.data, maps: { height: mapHeight!, width: mapWidth!, data: map!.data } };
    },
    release: () => session.release(),
  };
}
