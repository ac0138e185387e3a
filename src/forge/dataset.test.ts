import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const small = { count: 8, ratio: "1:1", seed: 5, width: 240 };
const rowsOf = async (out: string): Promise<ManifestRow[]> =>
  (await readFile(join(out, "manifest.jsonl"), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("forgeSlips", () => {
  it("writes the same bytes for the same seed, others for another", async () => {
    const [one, other, third] = ["one", "other", "third"].map((name) => join(folder, name)) as [string, string, string];
    await forgeSlips({ ...small, out: one });
    await forgeSlips({ ...small, out: other });
    await forgeSlips({ ...small, out: third, seed: 6 });
    expect(await readFile(join(one, "manifest.jsonl"))).toEqual(await readFile(join(other, "manifest.jsonl")));
    const hashes = async (out: string) => (await rowsOf(out)).map(({ sha256 }) => sha256);
    expect(await hashes(one)).not.toEqual(await hashes(third));
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
      "path sha256 label group source time split app device font operation fields parameters laundering mask";
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
    expect(await readFile(join(out, "real", "holiday.jpg"), "utf8")).toBe("mine");
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
});
