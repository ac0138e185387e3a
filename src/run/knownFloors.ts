import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type FloorOptions, type Floors, measureFloors } from "../data/floors.ts";
import type { Dataset } from "../data/manifest.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { writeAtomic } from "../data/writeAtomic.ts";

/** Raised whenever the classifier, its features or a protocol change: kept floors of another version are not read. */
const version = 1;

/**
 * The floors of a dataset under a protocol: they depend on the manifest alone, so they are measured once and kept in
 * `runs/floors/`. A file that cannot be read is measured anew.
 */
export async function knownFloors(
  dataset: Dataset,
  protocol: ProtocolName,
  options: FloorOptions,
  folder = join("runs", "floors"),
): Promise<Floors> {
  const path = join(folder, `${dataset.manifestSha256.slice(0, 12)}-${protocol}.json`);
  const { manifestSha256 } = dataset;
  try {
    const kept = JSON.parse(await readFile(path, "utf8"));
    if (kept.version === version && kept.manifestSha256 === manifestSha256) return kept.floors;
  } catch {
    // Not measured yet, or cut short by a full disk: measure.
  }
  const floors = await measureFloors(dataset, protocol, options);
  await writeAtomic(path, `${JSON.stringify({ version, manifestSha256, protocol, floors }, null, 2)}\n`);
  return floors;
}
