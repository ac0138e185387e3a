import { cell, type Tile, tilesOf } from "../data/tiles.ts";
import type { Codec, DecodedImage, Pixels } from "../image/codec.ts";
import { cutPixels } from "../image/window.ts";
import { prepareInput, representationOf } from "../representations/input.ts";
import { cutImage, prepareTile } from "../representations/tile.ts";
import { examineLines, type LineAnswers, pooledLines, withLines } from "./lines/lineHead.ts";
import { pooledLogit, pooledStatistics, silent, type TileAnswers } from "./pooling.ts";
import type { CoarseMap, Model } from "./predict.ts";

/** What a model says of a whole picture. */
export interface Examined {
  readonly logit: number;
  /** Where asked for: of a network with tiles the probability of every cell, 0..1, else Grad-CAM. */
  readonly map?: CoarseMap;
}

/** The answer of any kind of model: a picture at the network's size, or all of its tiles at their own. */
export async function examinePicture(
  model: Model,
  image: DecodedImage,
  codec: Codec,
  { map = false }: { readonly map?: boolean } = {},
): Promise<Examined> {
  const { input, pooling, lines } = model.file.metadata;
  if (input.fit === "tiles") {
    const answers = await examineTiles(model, image, codec);
    const found = lines && examineLines(image.pixels, lines);
    const logit =
      pooling === undefined
        ? Math.max(silent, ...answers.tileLogits)
        : pooledLogit(pictureStatistics(answers, found), pooling);
    if (!map) return { logit };
    return { logit, map: probabilitiesOf(found === undefined ? answers.map : withLines(answers.map, found, lines!)) };
  }
  const x = await prepareInput(image, input, codec);
  if (!map) return { logit: (await model.predict(x, 1))[0]! };
  const { logit, heatMap } = await model.explain(x);
  return { logit, map: heatMap };
}

/** What the pooling of tiles sees of a picture: of its tiles, and of its lines where the model compares lines. */
export function pictureStatistics(answers: TileAnswers, lines: LineAnswers | undefined): ArrayLike<number> {
  const ofTiles = pooledStatistics(answers);
  return lines === undefined ? ofTiles : [...ofTiles, ...pooledLines(lines)];
}

/** What looking at tiles needs of a model. */
type TileModel = Pick<Model, "mapOf"> & {
  readonly file: { readonly metadata: Pick<Model["file"]["metadata"], "input"> };
};

/** Pixels of tiles in one run of the network: more need memory and give no speed. */
const pixelsAtOnce = 8 * 128 * 128;

/** What the network says of every tile; tiles of one colour are not asked: there is nothing in them. */
export async function examineTiles(model: TileModel, image: DecodedImage, codec: Codec): Promise<TileAnswers> {
  const { input } = model.file.metadata;
  const side = input.width;
  const { tiles, width, height } = tilesOf(image.pixels, side, input.overlap ?? 32);
  const data = new Float32Array(width * height).fill(silent);
  const tileLogits: number[] = [];
  const speaking = tiles.filter((tile) => !isPlain(image.pixels, tile));
  const atOnce = Math.max(1, Math.floor(pixelsAtOnce / (side * side)));

  const { representation, options } = representationOf(input);
  const row = representation.channels(options) * side * side;
  // The network reads one while the other is filled.   // [tiles, channels, side, side]
  const rooms = [0, 1].map(() => new Float32Array(Math.min(atOnce, speaking.length) * row));
  const prepare = async (part: readonly Tile[], room: Float32Array) => {
    for (const [i, tile] of part.entries()) {
      const cut = cutImage(cutPixels(image.pixels, tile), image.sha256);
      await prepareTile(cut, input, codec, room.subarray(i * row, (i + 1) * row));
    }
    return room.subarray(0, part.length * row);
  };
  const take = (part: readonly Tile[], { logits, maps }: Awaited<ReturnType<TileModel["mapOf"]>>) => {
    for (const [i, { left, top, cells }] of part.entries()) {
      tileLogits.push(logits[i]!);
      for (let y = 0; y < cells.height; y++) {
        const from = (i * maps.height + cells.top - top / cell + y) * maps.width + cells.left - left / cell;
        data.set(maps.data.subarray(from, from + cells.width), (cells.top + y) * width + cells.left);
      }
    }
  };
  // While the network looks at some tiles, the next are prepared.
  let looking: Promise<void> | undefined;
  for (let [start, turn] = [0, 0]; start < speaking.length; start += atOnce, turn = 1 - turn) {
    const part = speaking.slice(start, start + atOnce);
    const x = await prepare(part, rooms[turn]!);
    await looking;
    looking = model.mapOf(x, part.length).then((answers) => take(part, answers));
    looking.catch(() => {}); // awaited in its turn
  }
  await looking;
  return { map: { width, height, data, cell }, tileLogits };
}

/** Whether all pixels under the window are alike. */
function isPlain(
  { width, height, data }: Pixels,
  { left, top, ...size }: { left: number; top: number; width: number; height: number },
): boolean {
  const right = Math.min(width, left + size.width);
  const bottom = Math.min(height, top + size.height);
  const first = 3 * (top * width + left);
  const [r, g, b] = [data[first]!, data[first + 1]!, data[first + 2]!];
  for (let y = top; y < bottom; y++)
    for (let at = 3 * (y * width + left); at < 3 * (y * width + right); at += 3)
      if (data[at] !== r || data[at + 1] !== g || data[at + 2] !== b) return false;
  return true;
}

function probabilitiesOf(map: CoarseMap): CoarseMap {
  return { ...map, data: map.data.map((logit) => 1 / (1 + Math.exp(-logit))) };
}
