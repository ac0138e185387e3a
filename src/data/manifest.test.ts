import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharpCodec } from "../image/sharpCodec.ts";
import { readDataset } from "./manifest.ts";
import { blobs, jpegOf, smallSet, temporaryFolder } from "./testPictures.ts";

const read = (path: string, groupBy?: string) => readDataset(path, { codec: sharpCodec, ...(groupBy && { groupBy }) });

describe("readDataset", () => {
  it("knows classes by their aliases, at any depth, and passes other folders over", async () => {
    const picture = await jpegOf(blobs("a"));
    await using folder = await temporaryFolder({
      "Au/deep/a.jpg": picture,
      "TAMPERED/b.jpeg": await jpegOf(blobs("b")),
      "forged/c.png": await sharpCodec.encodePng(blobs("c")),
      "masks/b_gt.png": await sharpCodec.encodePng(blobs("m")),
      "masks/c.png": await sharpCodec.encodePng(blobs("m")),
      "thumbnails/a.jpg": picture,
      "TAMPERED/notes.txt": "hello",
    });
    const dataset = await read(folder.root);
    expect(dataset.samples.map(({ path, label, mask }) => [path, label, mask])).toEqual([
      ["Au/deep/a.jpg", "real", undefined],
      ["TAMPERED/b.jpeg", "fake", "masks/b_gt.png"],
      ["forged/c.png", "fake", "masks/c.png"],
    ]);
    expect(dataset.warnings.join(" ")).toContain("notes.txt");
  });

  it("lists what it cannot read and goes on", async () => {
    const whole = await jpegOf(blobs("whole", 200, 150));
    await using folder = await temporaryFolder({
      ...(await smallSet(2)),
      "real/cut.jpg": whole.subarray(0, whole.length / 2),
      "real/empty.jpg": new Uint8Array(),
      "fake/text.jpg": "this is a letter",
      "fake/drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
      "fake/locked.jpg": whole,
    });
    await chmod(join(folder.root, "fake/locked.jpg"), 0o000);
    const dataset = await read(folder.root);
    const failed = dataset.unreadable.map(({ path }) => path);
    const isRoot = process.getuid?.() === 0;
    expect(failed).toEqual([
      "fake/drawing.svg",
      ...(isRoot ? [] : ["fake/locked.jpg"]),
      "fake/text.jpg",
      "real/cut.jpg",
      "real/empty.jpg",
    ]);
    for (const { error } of dataset.unreadable) expect(error).toMatch(/\.$/);
    expect(dataset.samples).toHaveLength(isRoot ? 5 : 4);
  });

  it("has the same manifest hash wherever it lies, and another when a label changes", async () => {
    const files = await smallSet(2);
    await using here = await temporaryFolder(files);
    await using there = await temporaryFolder(Object.fromEntries(Object.entries(files).reverse()));
    const { manifestSha256 } = await read(here.root);
    expect((await read(there.root)).manifestSha256).toBe(manifestSha256);
    await using moved = await temporaryFolder({ ...files, "fake/more.jpg": files["real/0.jpg"]! });
    expect((await read(moved.root)).manifestSha256).not.toBe(manifestSha256);
  });

  it("warns loudly of the same bytes under both labels, and keeps equal files in one group", async () => {
    const files = await smallSet(3);
    await using folder = await temporaryFolder({ ...files, "fake/copy.jpg": files["real/0.jpg"]! });
    const dataset = await read(folder.root);
    expect(dataset.warnings.join(" ")).toContain("WRONG LABELS");
    expect(dataset.duplicates).toEqual([["fake/copy.jpg", "real/0.jpg"]]);
    const groupOf = (path: string) => dataset.samples.find((sample) => sample.path === path)!.group;
    expect(groupOf("fake/copy.jpg")).toBe(groupOf("real/0.jpg"));
  });

  it("reads a CSV with quotes, and JSONL, with their columns", async () => {
    const [a, b] = [await jpegOf(blobs("a")), await jpegOf(blobs("b"))];
    await using folder = await temporaryFolder({
      "one, two.jpg": a,
      "b.jpg": b,
      "list.csv":
        '\ufeffPath,label,group,time,split\r\n"one, two.jpg",genuine,"g ""1""",2026-01-02,train\r\nb.jpg,1,g2,2026-01-03,val\r\n',
      "list.jsonl":
        '{"path":"one, two.jpg","label":"real","group":"g"}\n\n{"path":"b.jpg","label":"fake","group":"h","parameters":{"x":1}}\n',
    });
    const csv = await read(join(folder.root, "list.csv"));
    expect(csv.samples.map(({ path, label, group, time, given }) => [path, label, group, time, given])).toEqual([
      ["b.jpg", "fake", "g2", "2026-01-03", "validation"],
      ["one, two.jpg", "real", 'g "1"', "2026-01-02", "train"],
    ]);
    expect(csv.groupedBy).toBe("column group");
    expect((await read(join(folder.root, "list.jsonl"))).samples.map(({ group }) => group)).toEqual(["h", "g"]);
  });

  it.each([
    ["real,label", "a.jpg,real", /no column "path".*Found: real, label/],
    ["path,labels", "a.jpg,real", /no column "label".*Rename "labels"\?/],
    ["path,label", "a.jpg,perhaps", /line 2: unknown label "perhaps"/],
    ["path,label", '"a.jpg,real', /Line 2 opens a quote/],
    ["path,label,time", "a.jpg,real,yesterday", /"yesterday" is no time/],
    ["path,label,split", "a.jpg,real,tst", /Unknown split .* "tst"\. Did you mean "test"/],
    ["path,label", "a.jpg,real\na.jpg,fake", /was labelled real further up and is fake here/],
    ["path,label", "a.jpg,real,x", /3 cells under 2 columns/],
  ])("says what is wrong with the table %s / %s", async (header, row, message) => {
    await using folder = await temporaryFolder({ "list.csv": `${header}\n${row}\n` });
    await expect(read(join(folder.root, "list.csv"))).rejects.toThrow(message);
  });

  it("says what is wrong with a folder", async () => {
    const picture = await jpegOf(blobs("a"));
    await expect(read("nowhere/at/all")).rejects.toThrow(/no folder or file nowhere/);
    await using classless = await temporaryFolder({ "cats/a.jpg": picture, "dogs/b.jpg": picture });
    await expect(read(classless.root)).rejects.toThrow(/Folders there: cats, dogs.*authentic.*tampered/);
    await using oneClass = await temporaryFolder({ "real/a.jpg": picture, "real/b.jpg": picture });
    await expect(read(oneClass.root)).rejects.toThrow(/2 real pictures and 0 fake pictures/);
    await using oneSample = await temporaryFolder({ "fake/a.jpg": picture });
    await expect(read(oneSample.root)).rejects.toThrow(/0 real pictures and 1 fake picture /);
    await using empty = await temporaryFolder({ "real/a.jpg": "text" });
    await expect(read(empty.root)).rejects.toThrow(/None of the 1 picture .* can be read/);
    await using same = await temporaryFolder({ "real/a.jpg": picture, "fake/b.jpg": picture });
    await expect(read(same.root)).rejects.toThrow(/All 2 pictures .* same bytes/);
  });
});
