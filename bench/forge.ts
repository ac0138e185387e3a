import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { forgeSlips } from "../src/forge/dataset.ts";

/** Slips a second, from nothing to files on the disk, the start of the threads left out. */
export async function benchForge({
  json,
  count,
  width,
}: {
  json: boolean;
  count: number;
  width: number;
}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "assay-bench-"));
  try {
    // The threads' own start, and the fonts', fall on the first pictures.
    const warm = 2 * availableParallelism();
    let start = 0;
    await forgeSlips({
      out: join(folder, "slips"),
      count: count + warm,
      ratio: "1:1",
      seed: 1,
      width,
      onProgress: (done) => {
        if (done === warm) start = performance.now();
      },
    });
    const slipsPerSecond = (count * 1000) / (performance.now() - start);
    if (json) console.log(JSON.stringify({ schemaVersion: 1, forge: { count, width, slipsPerSecond } }));
    else
      console.log(
        `Slips ${width} px wide, half of them fakes: ${slipsPerSecond.toFixed(1)} a second on ${availableParallelism()} threads (${cpus()[0]?.model}; to reach: at least 6, aim 10)`,
      );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
