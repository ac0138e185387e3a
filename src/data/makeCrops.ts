import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { UserError } from "../core/errors.ts";
import { createRng } from "../core/rng.ts";
import type { FieldBox, Label, Sample } from "../core/sample.ts";
import type { Codec, Pixels } from "../image/codec.ts";
import { readPicture } from "../image/readFile.ts";
import { cutPixels, type Window } from "../image/window.ts";
import { moveInto, partialFolder, requireFree } from "./datasetFolder.ts";
import { inLanes } from "./inLanes.ts";
import type { Dataset } from "./manifest.ts";
import type { Mask } from "./protocols.ts";
import { readMask } from "./readMask.ts";
import { tableRows } from "./tableFile.ts";
import { cell } from "./tiles.ts";
import { writeAtomic, writeError } from "./writeAtomic.ts";

export interface MakeCrops {
  /** Folder of the new dataset. */
  readonly out: string;
  /** Of the crops, in pixels: a multiple of 8. */
  readonly side: number;
  /** Fields of a genuine picture, at most. */
  readonly perPicture: number;
  /** Of the draw of these fields. */
  readonly seed: number;
  /** Fakes that were made in one of these ways alone; absent: all. */
  readonly operations?: readonly string[];
  readonly codec: Codec;
  /** The dataset as it was read, where it is no folder: its CSV or JSONL file. */
  readonly table?: string;
  /** Replace the dataset of ours that stands there. */
  readonly force?: boolean;
  /** As the user typed it, for dataset.json. */
  readonly command?: string;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface CroppedDataset {
  readonly counts: Readonly<Record<Label, number>>;
  /** Pictures that gave no crop: no field of theirs is known, or none of a fake's shows its edit. */
  readonly without: number;
}

/** Of a fake's crop, the share of pixels that must be edited: less is a neighbour's edge. */
const leastEdited = 0.01;

/**
 * A dataset of the fields of screenshots: of genuine pictures some fields, of fakes those that were edited, each a PNG
 * of side x side pixels about the field's middle. Both classes are cut by the same rule, on multiples of 8, so that the
 * JPEG grid stays and neither place nor size gives the label away. Group, part and facts are the picture's.
 * Errors: bad-dataset (no boxes of fields in the manifest), bad-options (side, an operation of no fake), exists; later
 * disk-full, no-permission.
 */
export async function makeCrops(dataset: Dataset, options: MakeCrops): Promise<CroppedDataset> {
  const { out, side, perPicture, seed, operations, codec, force = false, command, onProgress = () => {} } = options;
  if (!(Number.isInteger(side / cell) && side > 0))
    throw new UserError("bad-options", `Crops of ${side} pixels leave the JPEG grid. Choose a multiple of ${cell}.`);
  const withFields = dataset.samples.filter(({ boxes }) => Object.keys(boxes ?? {}).length > 0);
  if (withFields.length === 0)
    throw new UserError(
      "bad-dataset",
      `${dataset.name} does not say where fields stand (no boxes in its manifest). Make a dataset that does: assay forge slips.`,
    );
  requireMade(dataset, operations ?? []);
  const cut = withFields.filter(({ label, facts }) => label === "real" || isWanted(facts?.operation, operations));
  await requireFree(out, { force });
  const rows = await tableRows(options.table ?? dataset.root);
  const partial = partialFolder(out);
  const lines = new Map<string, string>();
  let without = dataset.samples.length - withFields.length;
  let done = 0;

  async function cutAll(sample: Sample): Promise<void> {
    const { pixels } = await codec.decode(await readPicture(join(dataset.root, sample.path)));
    const mask = sample.mask === undefined ? undefined : await readMask(join(dataset.root, sample.mask), codec);
    const wanted =
      sample.label === "fake"
        ? (sample.facts?.fields ?? [])
        : createRng(`field crops/${seed}/${sample.sha256}`).shuffle(Object.keys(sample.boxes!)).slice(0, perPicture);
    let found = 0;
    for (const field of wanted) {
      const box = sample.boxes![field];
      if (box === undefined) continue;
      const window = about(box, pixels, side);
      const edited = mask && under(mask, window);
      if (edited !== undefined && edited.reduce((sum, x) => sum + x, 0) < leastEdited * edited.length) continue;
      found++;
      const stem = `${basename(sample.path, extname(sample.path))}-${field}`;
      const path = `${sample.label}/${stem}.png`;
      const bytes = await codec.encodePng(cutPixels(pixels, window));
      await writeFile(join(partial, path), bytes);
      if (edited !== undefined)
        await writeFile(
          join(partial, `masks/${stem}.png`),
          await codec.encodeGreyPng({ width: side, height: side, data: edited.map((x) => 255 * x) }),
        );
      const { boxes: _, ...known } = rows.get(sample.path) ?? {};
      lines.set(
        path,
        `${JSON.stringify({
          ...known,
          path,
          sha256: createHash("sha256").update(bytes).digest("hex"),
          label: sample.label,
          group: sample.group,
          fields: [field],
          crop: { of: sample.path, left: window.left, top: window.top },
          mask: edited === undefined ? null : `masks/${stem}.png`,
        })}\n`,
      );
    }
    if (found === 0) without++;
    onProgress(++done, cut.length);
  }

  try {
    await rm(partial, { recursive: true, force: true });
    for (const folder of ["real", "fake", "masks"]) await mkdir(join(partial, folder), { recursive: true });
    await inLanes(cut, availableParallelism(), cutAll);
    const paths = [...lines.keys()].sort();
    const counts = {
      real: paths.filter((path) => path.startsWith("real/")).length,
      fake: paths.filter((path) => path.startsWith("fake/")).length,
    };
    const card = {
      schemaVersion: 1,
      name: basename(resolve(out)),
      ...(dataset.toy === undefined ? {} : { toy: dataset.toy }),
      source: { name: dataset.name, manifestSha256: dataset.manifestSha256 },
      ...(command === undefined ? {} : { command }),
      side,
      perPicture,
      ...(operations === undefined ? {} : { operations }),
      seed,
      counts,
    };
    await writeAtomic(join(partial, "manifest.jsonl"), paths.map((path) => lines.get(path)!).join(""));
    await writeAtomic(join(partial, "dataset.json"), `${JSON.stringify(card, null, 2)}\n`);
    await moveInto(out, partial);
    return { counts, without };
  } catch (error) {
    throw writeError(out, error);
  }
}

function isWanted(operation: string | undefined, operations: readonly string[] | undefined): boolean {
  return operations === undefined || (operation !== undefined && operations.includes(operation));
}

function requireMade({ name, samples }: Dataset, operations: readonly string[]): void {
  const made = new Set(samples.flatMap(({ facts }) => facts?.operation ?? []));
  const unknown = operations.find((operation) => !made.has(operation));
  if (unknown === undefined) return;
  const those =
    made.size === 0 ? "Its manifest names no operation." : `Its operations: ${[...made].sort().join(", ")}.`;
  throw new UserError("bad-options", `No fake of ${name} was made by ${unknown}. ${those}`);
}

/** About the middle of a field, on the grid, inside the picture where that is possible. */
function about([x, y, width, height]: FieldBox, picture: Pick<Pixels, "width" | "height">, side: number): Window {
  const start = (middle: number, length: number) => {
    const last = Math.max(0, Math.floor((length - side) / cell));
    return cell * Math.min(last, Math.max(0, Math.round((middle - side / 2) / cell)));
  };
  return {
    left: start(x + width / 2, picture.width),
    top: start(y + height / 2, picture.height),
    width: side,
    height: side,
  };
}

/** 1 where edited; nothing is outside of the picture   // [height, width] */
function under({ width, height, data }: Mask, window: Window): Uint8Array {
  return Uint8Array.from({ length: window.width * window.height }, (_, i) => {
    const x = window.left + (i % window.width);
    const y = window.top + Math.floor(i / window.width);
    return x < width && y < height ? data[y * width + x]! : 0;
  });
}
