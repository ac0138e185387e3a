import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Sample } from "../core/sample.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { makeCrops } from "./makeCrops.ts";
import { readDataset } from "./manifest.ts";
import { blobs, temporaryFolder } from "./testPictures.ts";

const size = { width: 96, height: 160 };
/** The date lies at the right edge, the name in the middle. */
const boxes = { name: [32, 40, 40, 10], date: [80, 100, 16, 10] } as const;

/** A mask that covers one field. */
function maskOf([left, top, width, height]: readonly number[]) {
  const data = new Uint8Array(3 * size.width * size.height);
  for (let y = top!; y < top! + height!; y++)
    data.fill(255, 3 * (y * size.width + left!), 3 * (y * size.width + left! + width!));
  return { ...size, channels: 3, data } as const;
}

async function slips() {
  const rows = [
    { path: "real/a.png", label: "real", group: "g1", split: "train", app: "harbour-1", boxes },
    { path: "real/b.png", label: "real", group: "g2", split: "test", boxes },
    { path: "real/c.png", label: "real", group: "g3", split: "test" },
    {
      path: "fake/d.png",
      label: "fake",
      group: "g2",
      split: "test",
      operation: "smudge",
      fields: ["name", "date"],
      boxes,
      mask: "masks/d.png",
    },
  ];
  const files: Record<string, Uint8Array | string> = {
    "manifest.jsonl": rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    // The date is said to be edited, and the mask shows the name alone.
    "masks/d.png": await sharpCodec.encodePng(maskOf(boxes.name)),
  };
  for (const { path } of rows) files[path] = await sharpCodec.encodePng(blobs(path, size.width, size.height));
  return temporaryFolder(files);
}

const options = { side: 32, perPicture: 5, seed: 1, codec: sharpCodec };

describe("makeCrops", () => {
  it("cuts the fields of genuine pictures and the edited ones of fakes, pixel for pixel, on the grid", async () => {
    await using folder = await slips();
    await using place = await temporaryFolder();
    const out = join(place.root, "crops");
    const dataset = await readDataset(folder.root, { codec: sharpCodec });
    const { counts, without } = await makeCrops(dataset, { ...options, out });
    expect({ counts, without }).toEqual({ counts: { real: 4, fake: 1 }, without: 1 });

    const crops = await readDataset(out, { codec: sharpCodec });
    const of = (path: string) => crops.samples.find((sample) => sample.path === path)!;
    expect(of("fake/d-name.png")).toMatchObject({ group: "g2", given: "test", mask: "masks/d-name.png" });
    expect(of("fake/d-name.png").facts).toMatchObject({ operation: "smudge", fields: ["name"] });
    expect(of("real/a-date.png").facts).toMatchObject({ app: "harbour-1" });

    // The date's middle is (88, 105): 16 less is 72 and 89, on the grid 64 (the last that fits) and 88.
    const cut = (await sharpCodec.decode(await readFile(join(out, "real/a-date.png")))).pixels;
    const whole = blobs("real/a.png", size.width, size.height);
    const rowOf = (y: number) => whole.data.subarray(3 * (y * size.width + 64), 3 * (y * size.width + 96));
    expect([...cut.data.subarray(0, 96)]).toEqual([...rowOf(88)]);
    expect([...cut.data.subarray(31 * 96)]).toEqual([...rowOf(119)]);
    const mask = (await sharpCodec.decode(await readFile(join(out, "masks/d-name.png")))).pixels;
    expect(mask.data.reduce((sum, x) => sum + (x === 255 ? 1 : 0), 0)).toBe(3 * 32 * 10);
  });

  it("takes as many fields of a genuine picture as asked for", async () => {
    await using folder = await slips();
    await using out = await temporaryFolder();
    const dataset = await readDataset(folder.root, { codec: sharpCodec });
    const { counts } = await makeCrops(dataset, { ...options, perPicture: 1, out: join(out.root, "crops") });
    expect(counts).toEqual({ real: 2, fake: 1 });
  });

  it("takes the fakes of the operations asked for alone", async () => {
    await using folder = await slips();
    await using place = await temporaryFolder();
    const read = await readDataset(folder.root, { codec: sharpCodec });
    const erased = ({ label, facts, ...sample }: Sample) => ({
      ...sample,
      label,
      facts: { ...facts, operation: "erase" },
    });
    const other = { ...read.samples.find(({ label }) => label === "fake")!, path: "fake/e.png" };
    const dataset = { ...read, samples: [...read.samples, erased(other)] };
    const make = (operations: string[]) =>
      makeCrops(dataset, { ...options, operations, out: join(place.root, operations.join("-")) });
    expect(await make(["smudge"])).toEqual({ counts: { real: 4, fake: 1 }, without: 1 });
    const card = JSON.parse(await readFile(join(place.root, "smudge/dataset.json"), "utf8"));
    expect(card.operations).toEqual(["smudge"]);
    await expect(make(["smear"])).rejects.toThrow("made by smear. Its operations: erase, smudge.");
  });

  it("says what is missing, before anything is written", async () => {
    await using folder = await slips();
    await using out = await temporaryFolder({ "taken/other.txt": "x" });
    const dataset = await readDataset(folder.root, { codec: sharpCodec });
    const make = (given: object) => makeCrops(dataset, { ...options, out: join(out.root, "new"), ...given });
    await expect(make({ side: 100 })).rejects.toThrow("Choose a multiple of 8");
    await expect(make({ out: join(out.root, "taken") })).rejects.toThrow("is not empty");
    const bare = { ...dataset, samples: dataset.samples.map(({ boxes: _, ...sample }) => sample) };
    await expect(makeCrops(bare, { ...options, out: join(out.root, "new") })).rejects.toThrow(
      "no boxes in its manifest",
    );
  });
});
