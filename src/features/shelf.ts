import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { writeError } from "../data/writeAtomic.ts";

/**
 * Vectors by the SHA-256 of their picture, in a folder of files that only grow.
 *
 *   file   = records, one after the other
 *   record = SHA-256 of the picture (32 bytes), the vector (float32, little-endian), CRC-32 of both (4 bytes)
 *
 * Each process writes to a file of its own and reads those of all, so two at once repeat work at worst. A batch is one
 * write: a kill leaves at most a torn end, which is no whole record and is not read.
 */
export interface Shelf {
  /** What is kept of these pictures. Records that are damaged are taken out of use and counted. */
  read(wanted: ReadonlySet<string>): Promise<{ vectors: Map<string, Float32Array>; damaged: number }>;
  /** Keeps vectors, in the order of the pictures   // [pictures, width] */
  append(pictures: readonly string[], vectors: Float32Array): Promise<void>;
  close(): Promise<void>;
}

const ending = ".features";
const hashBytes = 32;
/** Stands instead of a picture's hash where a record was found damaged. */
const outOfUse = "00".repeat(hashBytes);
/** Read at once. */
const chunkBytes = 8 << 20;

/** `width`: numbers of a vector. The folder is made with the first vector. */
export function openShelf(folder: string, width: number): Shelf {
  const contentBytes = hashBytes + 4 * width;
  const recordBytes = contentBytes + 4;
  let own: FileHandle | undefined;

  /** Adds the wanted records of one file; the number of damaged ones. */
  async function readShelf(path: string, wanted: ReadonlySet<string>, into: Map<string, Float32Array>) {
    const damaged: number[] = [];
    const file = await open(path, "r");
    try {
      const chunk = Buffer.alloc(recordBytes * Math.max(1, Math.floor(chunkBytes / recordBytes)));
      for (let start = 0; ; ) {
        const { bytesRead } = await file.read(chunk, 0, chunk.length, start);
        const whole = bytesRead - (bytesRead % recordBytes);
        if (whole === 0) break;
        for (let at = 0; at < whole; at += recordBytes) {
          const picture = chunk.toString("hex", at, at + hashBytes);
          if (picture === outOfUse) continue;
          const content = chunk.subarray(at, at + contentBytes);
          if (crc32(content) !== chunk.readUInt32LE(at + contentBytes)) damaged.push(start + at);
          else if (wanted.has(picture) && !into.has(picture))
            into.set(picture, new Float32Array(new Uint8Array(content.subarray(hashBytes)).buffer));
        }
        start += whole;
      }
    } finally {
      await file.close();
    }
    if (damaged.length > 0) await takeOutOfUse(path, damaged);
    return damaged.length;
  }

  return {
    async read(wanted) {
      const vectors = new Map<string, Float32Array>();
      let damaged = 0;
      const names = await readdir(folder).catch(() => []);
      for (const name of names.filter((name) => name.endsWith(ending)).sort())
        damaged += await readShelf(join(folder, name), wanted, vectors);
      return { vectors, damaged };
    },

    async append(pictures, vectors) {
      const bytes = Buffer.alloc(pictures.length * recordBytes);
      const source = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
      for (const [i, picture] of pictures.entries()) {
        const record = bytes.subarray(i * recordBytes, (i + 1) * recordBytes);
        record.write(picture, 0, "hex");
        source.copy(record, hashBytes, i * 4 * width, (i + 1) * 4 * width);
        record.writeUInt32LE(crc32(record.subarray(0, contentBytes)), contentBytes);
      }
      const path = join(folder, `${randomUUID()}${ending}`);
      try {
        if (own === undefined) await mkdir(folder, { recursive: true });
        own ??= await open(path, "ax");
        await own.writeFile(bytes);
      } catch (error) {
        throw writeError(path, error);
      }
    },

    async close() {
      await own?.sync();
      await own?.close();
      own = undefined;
    },
  };
}

/** In place: the file keeps its other records, and whoever appends to it is not disturbed. */
async function takeOutOfUse(path: string, positions: readonly number[]): Promise<void> {
  const file = await open(path, "r+").catch(() => undefined); // a folder that is only read is left as it is
  for (const position of positions) await file?.write(Buffer.alloc(hashBytes), 0, hashBytes, position);
  await file?.close();
}
