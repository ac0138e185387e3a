import type { Codec, DecodedImage } from "../image/codec.ts";
import { examineTiles } from "../model/examinePicture.ts";
import type { ModelMetadata } from "../model/metadata.ts";
import { type ModelFile, modelTensors } from "../model/modelFile.ts";
import { pooledStatistics } from "../model/pooling.ts";
import { buildNetwork } from "../nn/build.ts";
import { globalAveragePool } from "../onnx/operators/index.ts";
import { createSession } from "../onnx/session.ts";

/** Numbers that model/pooling.ts makes of a picture's tiles. */
const statistics = 11;

/** Numbers of a vector: the statistics, then mean and maximum over tiles of each of the last maps. */
export function tileVectorWidth({ network }: Pick<ModelMetadata, "network">): number {
  const { features } = buildNetwork(network, "inference", "batch");
  return statistics + 2 * (features!.shape[1] as number);
}

/** A network that sees tiles, opened for what it makes of them before its head. */
export interface TileNetwork {
  /** [statistics, mean over tiles, maximum over tiles]; a picture of one colour has no tile that says anything: 0 */
  vectorOf(image: DecodedImage, codec: Codec): Promise<Float32Array>;
  release(): Promise<void>;
}

/** pooled_c = mean of map c over a tile; vector = [statistics of the logits, mean_t pooled_c, max_t pooled_c] */
export async function openTileNetwork(
  file: ModelFile,
  { threads }: { readonly threads: number },
): Promise<TileNetwork> {
  const { metadata } = file;
  const { graph, logit, map, features } = buildNetwork(metadata.network, "inference", "batch");
  const maps = features!.shape[1] as number;
  graph.output(logit, "logit");
  graph.output(map!, "map");
  graph.output(globalAveragePool(graph, features!), "pooled"); // [tiles, maps]
  const session = await createSession(graph.toModel({ initializers: modelTensors(file) }), { threads });
  const { channels, height, width } = metadata.network.input;
  return {
    async vectorOf(image, codec) {
      const pooled: Float32Array[] = [];
      const answers = await examineTiles(
        {
          file: { metadata },
          async mapOf(x, rows) {
            const found = await session.compute({ x: { data: x, shape: [rows, channels, height, width] } }, [
              "logit",
              "map",
              "pooled",
            ]);
            for (let row = 0; row < rows; row++) pooled.push(found.pooled!.data.subarray(row * maps, (row + 1) * maps));
            const [, mapHeight, mapWidth] = found.map!.shape;
            return { logits: found.logit!.data, maps: { height: mapHeight!, width: mapWidth!, data: found.map!.data } };
          },
        },
        image,
        codec,
      );
      const vector = new Float32Array(statistics + 2 * maps);
      vector.set(pooledStatistics(answers));
      if (pooled.length === 0) return vector;
      for (let c = 0; c < maps; c++) {
        const column = pooled.map((tile) => tile[c]!);
        vector[statistics + c] = column.reduce((sum, x) => sum + x, 0) / column.length;
        vector[statistics + maps + c] = column.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
      }
      return vector;
    },
    release: () => session.release(),
  };
}
