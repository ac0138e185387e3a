import { createHash } from "node:crypto";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAtChance, measureFloors } from "../data/floors.ts";
import { readDataset } from "../data/manifest.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { forgeSlips } from "./dataset.ts";
import type { ManifestRow } from "./datasetWriter.ts";
import { quickstartSet } from "./slips/quickstart.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-forge-"));
});
afterAll(() => rm(folder, { recursive: true }));

const small = { count: 8, ratio: "1:1", seed: 5, width: 240, workers: 1 };
const rowsOf = async (out: string): Promise<ManifestRow[]> =>
  (await readFile(join(out, "manifest.jsonl"), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
/** Of every file in the folder, by path. */
async function hashes(out: string): Promise<Record<string, string>> {
  const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  const hash = async (path: string) =>
    createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [relative(out, path), await hash(path)])));
}

// Worker threads load TypeScript anew: seconds on a busy machine.
describe("forgeSlips", { timeout: 60_000 }, () => {
  it("writes the same bytes for the same seed, others for another", async () => {
    const [one, other, third] = ["one", "other", "third"].map((name) => join(folder, name)) as [string, string, string];
    await forgeSlips({ ...small, out: one });
    await forgeSlips({ ...small, out: other });
    await forgeSlips({ ...small, out: third, seed: 6 });
    expect(await readFile(join(one, "manifest.jsonl"))).toEqual(await readFile(join(other, "manifest.jsonl")));
    const pictures = async (out: string) => (await rowsOf(out)).map(({ sha256 }) => sha256);
    expect(await pictures(one)).not.toEqual(await pictures(third));
    for (const { path, sha256 } of await rowsOf(one))
      expect(
        createHash("sha256")
          .update(await readFile(join(one, path)))
          .digest("hex"),
      ).toBe(sha256);
  });

  it("writes a folder that readDataset takes with its groups, masks and the toy's sentence", async () => {
    const out = join(folder, "read");
    const { counts, toy } = await forgeSlips({ ...quickstartSet, ...small, out });
    expect(counts).toEqual({ real: 4, fake: 4 });
    expect((await readdir(out)).sort()).toEqual(["dataset.json", "fake", "manifest.jsonl", "masks", "real"]);
    const dataset = await readDataset(out, { codec: sharpCodec });
    const rows = await rowsOf(out);
    expect(dataset.toy).toBe(toy);
    expect(dataset.warnings).toEqual([]);
    expect(dataset.unreadable).toEqual([]);
    expect(new Map(dataset.samples.map((sample) => [sample.path, sample.group]))).toEqual(
      new Map(rows.map((row) => [row.path, row.group])),
    );
    expect(dataset.samples.every(({ label, mask }) => (label === "fake") === (mask !== undefined))).toBe(true);
  });

  it("has every column of the manifest in every row", async () => {
    const out = join(folder, "columns");
    await forgeSlips({ ...small, out });
    const columns =
      "path sha256 label group source time split scenario app device font language theme operation fields parameters laundering boxes mask";
    for (const row of await rowsOf(out)) {
      expect(Object.keys(row).sort()).toEqual(columns.split(" ").sort());
      expect(row.mask === null).toBe(row.label === "real");
      expect(row.path.split("/")[0]).toBe(row.label);
    }
  });

  it("leaves a folder with something in it alone, unless forced, and then replaces only a dataset", async () => {
    const out = join(folder, "taken");
    await mkdir(join(out, "real"), { recursive: true });
    await writeFile(join(out, "real", "holiday.jpg"), "mine");
    await writeFile(join(out, "notes.txt"), "mine");
    await expect(forgeSlips({ ...small, out })).rejects.toThrow(/not empty .*--force/);
    await expect(forgeSlips({ ...small, out, force: true })).rejects.toThrow(/no dataset of ours/);
    expect(await readFile(join(out, "real", "holiday.jpg"), "utf8")).toBe("mine");
    await writeFile(join(out, "dataset.json"), "{}");
    await forgeSlips({ ...small, out, force: true });
    expect(await readFile(join(out, "notes.txt"), "utf8")).toBe("mine");
    expect(await rowsOf(out)).toHaveLength(small.count);
    expect(await readdir(folder)).not.toContain("taken.partial");
  });

  it("names options that it does not know", async () => {
    const out = join(folder, "wrong");
    const options = { operations: { patchTxet: { weight: 1, options: {} } } };
    await expect(forgeSlips({ ...small, out, options })).rejects.toThrow(/patchTxet.*patchText/);
    await expect(forgeSlips({ ...small, out, ratio: "ten" })).rejects.toThrow(/1:k/);
    expect((await readdir(folder)).filter((name) => name.startsWith("wrong"))).toEqual([]);
  });

  it("writes the pictures of the parts that are asked for, as the whole set has them", async () => {
    const [whole, part] = [join(folder, "whole"), join(folder, "part")];
    await forgeSlips({ ...small, count: 16, out: whole });
    await forgeSlips({ ...small, count: 16, out: part, parts: ["train", "test"] });
    const wanted = (await rowsOf(whole)).filter(({ split }) => split === "train" || split === "test");
    expect(await rowsOf(part)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(0);
  });

  it("goes on after a full disk and ends as if nothing had been", async () => {
    const [straight, broken] = [join(folder, "straight"), join(folder, "broken")];
    await forgeSlips({ ...small, out: straight, command: "same" });
    let left = 5;
    const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    const disk = {
      async write(path: string, bytes: Uint8Array) {
        if (left-- > 0) return writeFile(path, bytes);
        // What a full disk leaves: half a file.
        await writeFile(path, bytes.subarray(0, bytes.length >> 1));
        throw full;
      },
      append: (path: string, line: string) => appendFile(path, line),
    };
    await expect(forgeSlips({ ...small, out: broken, command: "same", disk })).rejects.toThrow(
      /disk became full.*--resume/,
    );
    expect(await readdir(folder)).not.toContain("broken");
    // A line that was cut short in the middle counts as not written.
    await appendFile(join(`${broken}.partial`, "journal.jsonl"), '{"path":"real/sl');
    await expect(forgeSlips({ ...small, seed: 6, out: broken, resume: true })).rejects.toThrow(/other options/);
    const resumed: number[] = [];
    await forgeSlips({
      ...small,
      out: broken,
      command: "same",
      resume: true,
      onProgress: (done) => resumed.push(done),
    });
    expect(resumed.length).toBeLessThan(small.count);
    expect(await hashes(broken)).toEqual(await hashes(straight));
    expect(await readdir(folder)).not.toContain("broken.partial");
  });

  it("names an engine that it does not know", async () => {
    await expect(forgeSlips({ ...small, out: join(folder, "engine"), engines: ["canvass"] })).rejects.toThrow(/canvas/);
  });

  it("gives the label away neither by its files nor by their past", { timeout: 120_000 }, async () => {
    const out = join(folder, "floors");
    await forgeSlips({ out, count: 240, ratio: "1:1", seed: 3, width: 240 });
    const dataset = await readDataset(out, { codec: sharpCodec });
    const floors = await measureFloors(dataset, "raw");
    expect(isAtChance(floors.file.rocAuc), JSON.stringify(floors.file.rocAuc)).toBe(true);
    expect(isAtChance(floors.history!.rocAuc), JSON.stringify(floors.history)).toBe(true);
  });
});
