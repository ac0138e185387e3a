import { createHash } from "node:crypto";
import type { Sample } from "../core/sample.ts";

/** What a study runs on: one vector a picture, wherever the vectors came from. */
export interface VectorTable {
  readonly samples: readonly Sample[];
  /** Numbers of a vector. */
  readonly width: number;
  /** [samples, width] */
  readonly values: Float32Array;
}

/** Over pictures, labels, groups and every number: two tables of one fingerprint give the same study. */
export function fingerprintOf({ samples, width, values }: VectorTable): string {
  const hash = createHash("sha256").update(`${width}\n`);
  for (const { path, sha256, label, group } of samples)
    hash.update(`${JSON.stringify([path, sha256, label, group])}\n`);
  return hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).digest("hex");
}
