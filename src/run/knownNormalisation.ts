import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sample } from "../core/sample.ts";
import { fitNormalisation } from "../data/batches.ts";
import { protocolVersion } from "../data/protocols.ts";
import { writeAtomic } from "../data/writeAtomic.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import type { InputRecipe } from "../representations/input.ts";

/** Raised whenever a representation, the resize or a protocol changes its pixels: kept values of another version are not read. */
const version = 1;

type Measured = Pick<InputRecipe, "mean" | "deviation">;

/**
 * Mean and deviation of the train split: they depend on its pictures, in their order, and on how these become planes.
 * Measured once and kept in `runs/normalisation/`; a file that cannot be read is measured anew.
 */
export async function knownNormalisation(
  train: readonly Sample[],
  options: Parameters<typeof fitNormalisation>[1],
  folder = join("runs", "normalisation"),
): Promise<Measured> {
  const { mean: _, deviation: __, ...planes } = options.input;
  const pictures = train.map(({ sha256 }) => sha256);
  const facts = [version, planes, protocolVersion(options.protocol), sharpCodec.version, pictures];
  const key = createHash("sha256").update(JSON.stringify(facts)).digest("hex");
  const path = join(folder, `${key.slice(0, 32)}.json`);
  try {
    const kept = JSON.parse(await readFile(path, "utf8"));
    if (kept.key === key) return { mean: kept.mean, deviation: kept.deviation };
  } catch {
    // Not measured yet, or cut short by a full disk: measure.
  }
  const measured = await fitNormalisation(train, options);
  await writeAtomic(path, `${JSON.stringify({ key, ...measured })}\n`);
  return measured;
}
