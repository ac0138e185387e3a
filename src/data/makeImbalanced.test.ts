import { lstat, mkdir, readdir, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parts } from "../core/sample.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { placeFile } from "./datasetFolder.ts";
import { makeImbalanced } from "./makeImbalanced.ts";
import { type Dataset, readDataset } from "./manifest.ts";
import { splitDataset } from "./split.ts";
import { openSplit } from "./splitFile.ts";
import { blobs, temporaryFolder } from "./testPictures.ts";

/** 120 genuine pictures and 80 fakes with masks, in groups of 2 that hold both classes, as a manifest of ours has them. */
async function made() {
  const files: Record<string, Uint8Array | string> = {};
  const rows: object[] = [];
  for (let i = 0; i < 200; i++) {
    const label = i % 5 < 3 ? "real" : "fake";
    const path = `${label}/p${i}.png`;
    files[path] = await sharpCodec.encodePng(blobs(`imbalance/${i}`, 8, 8));
    if (label === "fake") files[`masks/p${i}.png`] = await sharpCodec.encodePng(blobs("mask", 8, 8));
    const mask = label === "fake" ? `masks/p${i}.png` : null;
    const parameters = { patch: { size: i } };
    rows.push({ path, label, group: `g${i >> 1}`, split: "train", app: "Harbour", theme: "dark", parameters, mask });
  }
  files["manifest.jsonl"] = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return temporaryFolder(files);
}

const read = (path: string) => readDataset(path, { codec: sharpCodec });
const grouped = (dataset: Dataset) => splitDataset(dataset, { kind: "grouped", seed: 1 });
const rowsOf = async (folder: string) =>
  (await readFile(join(folder, "manifest.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const ratio = { ratio: "1:6", seed: 1 };

describe("makeImbalanced", () => {
  let source: string;
  let dataset: Dataset;
  beforeAll(async () => {
    const folder = await made();
    source = folder.root;
    dataset = await read(source);
    return folder[Symbol.asyncDispose];
  });

  it("thins the fakes of three parts, keeps those of test, and gives the same parts when read again", async () => {
    await using folder = await temporaryFolder();
    const out = join(folder.root, "thin");
    const split = grouped(dataset);
    const answer = await makeImbalanced(dataset, split, { ...ratio, out, command: "assay data imbalance" });
    const again = await read(out);
    const given = splitDataset(again, { kind: "given", seed: 9 });
    for (const part of parts) {
      const { real, fake } = split.counts[part];
      const kept = part === "test" ? fake : Math.max(1, Math.round(real / 6));
      expect(given.counts[part]).toEqual({ real, fake: kept });
      const hashes = new Set(split.parts[part].map(({ sha256 }) => sha256));
      for (const { sha256 } of given.parts[part]) expect(hashes).toContain(sha256);
    }
    expect(given.naive).toBe(false);
    expect(answer.after).toEqual(given.counts);
    expect(answer.before).toEqual(split.counts);
    expect(again.manifestSha256).toBe(answer.manifestSha256);
    expect(again.realPerFake).toBe(6);
    const card = JSON.parse(await readFile(join(out, "dataset.json"), "utf8")) as object;
    expect(card).toMatchObject({
      schemaVersion: 1,
      name: "thin",
      ratio: "1:6",
      seed: 1,
      source: { name: dataset.name, manifestSha256: dataset.manifestSha256 },
      before: split.counts,
      after: answer.after,
      manifestSha256: answer.manifestSha256,
    });
    expect((await readdir(folder.root)).sort()).toEqual(["thin"]);
  });

  it("keeps every fact of a row, its picture's bytes and its mask, and changes nothing of the source", async () => {
    await using folder = await temporaryFolder();
    const out = join(folder.root, "thin");
    const before = await stat(join(source, "real/p0.png"));
    await makeImbalanced(dataset, grouped(dataset), { ...ratio, out });
    const rows = await rowsOf(out);
    expect(rows.map(({ path }) => path)).toEqual(rows.map(({ path }) => path as string).sort());
    for (const { path, label, mask, theme, app, parameters, sha256 } of rows) {
      const name = (path as string).split("/")[1]!;
      expect([theme, app, parameters]).toEqual(["dark", "Harbour", { patch: { size: Number(/\d+/.exec(name)![0]) } }]);
      expect(mask).toBe(label === "fake" ? `masks/${name}` : null);
      expect(await readFile(join(out, path as string))).toEqual(await readFile(join(source, label as string, name)));
      if (mask !== null) expect((await stat(join(out, mask as string))).size).toBeGreaterThan(0);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect((await readdir(join(out, "masks"))).length).toBe(rows.filter(({ label }) => label === "fake").length);
    const after = await stat(join(source, "real/p0.png"));
    expect([after.size, after.mtimeMs]).toEqual([before.size, before.mtimeMs]);
    expect(await readdir(join(source, "fake"))).toHaveLength(80);
  });

  it("gives the same dataset for one seed, other fakes for another, and of 1:12 none that 1:6 has not", async () => {
    await using folder = await temporaryFolder();
    const fakes = async (name: string, options: { ratio: string; seed: number }) => {
      await makeImbalanced(dataset, grouped(dataset), { ...options, out: join(folder.root, name) });
      return (await rowsOf(join(folder.root, name))).flatMap(({ label, path }) => (label === "fake" ? [path] : []));
    };
    const once = await fakes("once", ratio);
    expect(await fakes("twice", ratio)).toEqual(once);
    expect(await fakes("other", { ...ratio, seed: 2 })).not.toEqual(once);
    expect(once).toEqual(expect.arrayContaining(await fakes("rarer", { ...ratio, ratio: "1:12" })));
  });

  it("takes a CSV with links, folders and names that stand twice", async () => {
    await using folder = await temporaryFolder();
    const table = join(folder.root, "pictures.csv");
    const lines = dataset.samples.map(({ path, label, group }, i) => ({
      path,
      label,
      group,
      to: `${i % 2}/x${i >> 1}.png`,
    }));
    await mkdir(join(folder.root, "0"));
    await mkdir(join(folder.root, "1"));
    for (const { path, to } of lines) await symlink(join(source, path), join(folder.root, to));
    const text = lines.map(({ to, label, group }) => `${to},${label},${group},"a, b"\n`).join("");
    await writeFile(table, `path,label,group,Remark\n${text}`);
    const linked = await read(table);
    const out = join(folder.root, "thin");
    await makeImbalanced(linked, grouped(linked), { ...ratio, out, table });
    const rows = await rowsOf(out);
    expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
    for (const { path, remark } of rows) {
      expect(remark).toBe("a, b");
      expect((await lstat(join(out, path as string))).isFile(), "the picture, not another link to it").toBe(true);
      expect((await readFile(join(out, path as string))).length).toBeGreaterThan(0);
    }
    // Links are followed: the pictures stay when they go.
    await rename(join(folder.root, "0"), join(folder.root, "gone"));
    expect((await read(out)).unreadable).toEqual([]);
  });

  it.each([
    [
      "1:1",
      /^The ratio 1:1 cannot be had: it asks for \d+ fakes beside the \d+ genuine pictures of train, which has \d+\. This dataset can give 1:\d\.?\d? to 1:\d+; for others add fakes, or change --split or --seed\.$/,
    ],
    [
      "1:900",
      /^The ratio 1:900 cannot be had: it leaves less than half a fake for the \d+ genuine pictures of train\. This dataset can give .* add genuine pictures/,
    ],
    ["1:0", /not of the form 1:k/],
  ])("says what can be had instead of %s, before anything is written", async (wanted, sentence) => {
    await using folder = await temporaryFolder();
    const out = join(folder.root, "thin");
    await expect(makeImbalanced(dataset, grouped(dataset), { ratio: wanted, seed: 1, out })).rejects.toThrow(sentence);
    expect(await readdir(folder.root)).toEqual([]);
  });

  it("can give both ends of what it says it can", async () => {
    const message = await makeImbalanced(dataset, grouped(dataset), { ratio: "1:900", seed: 1, out: "x" }).catch(
      (error: Error) => error.message,
    );
    const [, most, least] = /can give (1:\S+) to (1:\S+);/.exec(message as string)!;
    await using folder = await temporaryFolder();
    for (const end of [most!, least!])
      await makeImbalanced(dataset, grouped(dataset), { ratio: end, seed: 1, out: join(folder.root, end.slice(2)) });
    expect(await readdir(folder.root)).toHaveLength(2);
  });

  it("refuses parts that share a group, and a folder that overlaps with the dataset", async () => {
    const naive = splitDataset(dataset, { kind: "random", seed: 1 });
    await expect(makeImbalanced(dataset, naive, { ...ratio, out: "x" })).rejects.toThrow(
      /Groups stand in two parts .* --split grouped/,
    );
    for (const out of [source, join(source, "real", "deep"), join(source, "..")])
      await expect(makeImbalanced(dataset, grouped(dataset), { ...ratio, out, force: true })).rejects.toThrow(
        /holds pictures of the dataset .* Choose a folder beside the dataset/,
      );
  });

  it("refuses a folder that holds something, and with --force replaces a dataset of ours alone", async () => {
    await using folder = await temporaryFolder({ "thin/notes.txt": "mine", "mine/real/a.png": "mine" });
    const make = (name: string, force: boolean) =>
      makeImbalanced(dataset, grouped(dataset), { ...ratio, out: join(folder.root, name), force });
    await expect(make("thin", false)).rejects.toThrow(/not empty .*notes\.txt.*--force/);
    await make("thin", true);
    await make("thin", true);
    expect((await readdir(join(folder.root, "thin"))).sort()).toEqual([
      "dataset.json",
      "fake",
      "manifest.jsonl",
      "masks",
      "notes.txt",
      "real",
    ]);
    await expect(make("mine", true)).rejects.toThrow(/no dataset of ours .*left alone/);
    expect(await readFile(join(folder.root, "mine/real/a.png"), "utf8")).toBe("mine");
  });

  it("leaves what stood there when the disk is full, and begins anew the next time", async () => {
    await using folder = await temporaryFolder();
    const out = join(folder.root, "thin");
    await makeImbalanced(dataset, grouped(dataset), { ...ratio, out });
    const before = await readFile(join(out, "manifest.jsonl"), "utf8");
    let room = 40;
    const place = async (from: string, to: string) => {
      if (room-- === 0) throw Object.assign(new Error("full"), { code: "ENOSPC" });
      await placeFile(from, to);
    };
    const rarer = { ratio: "1:12", seed: 1, out, force: true };
    await expect(makeImbalanced(dataset, grouped(dataset), { ...rarer, place })).rejects.toThrow(
      /disk is full\. What stood there before is untouched/,
    );
    expect(await readFile(join(out, "manifest.jsonl"), "utf8")).toBe(before);
    expect((await read(out)).realPerFake).toBe(6);
    await makeImbalanced(dataset, grouped(dataset), rarer);
    expect((await read(out)).realPerFake).toBe(12);
    expect(await readdir(folder.root)).toEqual(["thin"]);
  });

  it("is trained and measured on its own parts alone", async () => {
    await using folder = await temporaryFolder();
    const out = join(folder.root, "thin");
    await makeImbalanced(dataset, grouped(dataset), { ...ratio, out });
    const thin = await read(out);
    await expect(openSplit(thin, { kind: "grouped", seed: 1 }, folder.root)).rejects.toThrow(
      /thinned to 1:6 .* Pass --split given\./,
    );
    expect((await openSplit(thin, { kind: "given", seed: 1 }, folder.root)).split.naive).toBe(false);
    await expect(
      makeImbalanced(thin, grouped(thin), { ...ratio, ratio: "1:8", out: join(folder.root, "thinner") }),
    ).rejects.toThrow(/thinned to 1:6 already, .* Pass the dataset that thin was made of/);
  });
});
