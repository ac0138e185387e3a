import { chmod, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPicture } from "./readFile.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-read-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("gives the bytes", async () => {
  await writeFile(join(folder, "a.jpg"), "abc");
  expect(await readPicture(join(folder, "a.jpg"))).toEqual(new Uint8Array([97, 98, 99]));
});

it("says what is wrong with a missing file, a folder and a file of 2 GB", async () => {
  await expect(readPicture(join(folder, "none.jpg"))).rejects.toMatchObject({ code: "not-found" });
  await expect(readPicture(folder)).rejects.toMatchObject({ code: "usage", message: /folder/ });
  await writeFile(join(folder, "huge.jpg"), "");
  await truncate(join(folder, "huge.jpg"), 2 ** 31);
  await expect(readPicture(join(folder, "huge.jpg"))).rejects.toMatchObject({ code: "too-large" });
});

it("says that a file may not be read", async () => {
  await writeFile(join(folder, "locked.jpg"), "abc");
  await chmod(join(folder, "locked.jpg"), 0);
  // Root reads everything, so root asks as nobody.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await expect(readPicture(join(folder, "locked.jpg"))).rejects.toMatchObject({ code: "no-permission" });
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});
