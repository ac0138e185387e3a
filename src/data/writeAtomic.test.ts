import { chmod, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "./testPictures.ts";
import { writeAtomic } from "./writeAtomic.ts";

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock(import("node:fs/promises"), async (original) => {
  const real = await original();
  const open: typeof real.open = async (...args) => {
    const file = await real.open(...args);
    if (disk.isFull) file.sync = () => Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    return file;
  };
  return { ...real, open };
});

describe("writeAtomic", () => {
  it("writes whole files, makes folders, replaces, and leaves nothing else behind", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.root, "a/b/c.txt");
    await writeAtomic(path, "one");
    await writeAtomic(path, new TextEncoder().encode("two"));
    expect(await readFile(path, "utf8")).toBe("two");
    expect(await readdir(join(folder.root, "a/b"))).toEqual(["c.txt"]);
  });

  it("leaves the old file as it was when it cannot write", async () => {
    await using folder = await temporaryFolder({ "kept/old.txt": "old" });
    const path = join(folder.root, "kept/old.txt");
    // A folder in the way of the rename fails for every user; a locked one only for those who are not root.
    await expect(writeAtomic(join(folder.root, "kept"), "new")).rejects.toThrow();
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(folder.root)).toEqual(["kept"]);
    if (process.getuid?.() === 0) return;
    await chmod(join(folder.root, "kept"), 0o500);
    await expect(writeAtomic(path, "new")).rejects.toThrow(/may not write there/);
    await chmod(join(folder.root, "kept"), 0o700);
  });

  it("says that the disk is full, and keeps what was there", async () => {
    await using folder = await temporaryFolder({ "old.txt": "old" });
    const path = join(folder.root, "old.txt");
    disk.isFull = true;
    const error = await writeAtomic(path, "new").catch((caught: unknown) => caught);
    disk.isFull = false;
    expect(error).toMatchObject({ code: "disk-full", message: expect.stringContaining("the disk is full") });
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(folder.root)).toEqual(["old.txt"]);
  });
});
