import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { blobs, jpegOf, temporaryFolder } from "../data/testPictures.ts";
import { dataCommand } from "./data.ts";

const pictures = async (real: number, fake: number) => {
  const files: Record<string, Uint8Array> = {};
  for (const [label, n] of Object.entries({ real, fake }))
    for (let i = 0; i < n; i++) files[`set/${label}/${i}.jpg`] = await jpegOf(blobs(`${label}/${i}`, 16, 16));
  return temporaryFolder(files);
};
const imbalance = (...words: string[]) => dataCommand().parseAsync(["imbalance", ...words], { from: "user" });

describe("assay data imbalance", () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  const here = process.cwd();
  afterEach(() => {
    lines.length = 0;
    process.chdir(here);
  });

  it("answers with the counts before and after", async () => {
    await using folder = await pictures(60, 40);
    process.chdir(folder.root); // runs/ of what is known of files
    await imbalance("set", "--ratio", "1:5", "--out", "thin", "--group-by", "near-duplicates", "--json");
    const body = JSON.parse(lines.join("")) as { after: Record<string, { real: number; fake: number }> };
    expect(body).toMatchObject({ schemaVersion: 1, dataset: "thin", ratio: "1:5", seed: 1, split: "grouped" });
    const { train, test } = body.after;
    expect(train!.fake).toBe(Math.round(train!.real / 5));
    expect(test!.fake).toBeGreaterThan(test!.real / 5);
    expect(await readdir("thin")).toContain("manifest.jsonl");
  });

  it("refuses what cannot be had with a sentence, and writes nothing", async () => {
    await using folder = await pictures(60, 20);
    await using genuine = await pictures(6, 0);
    process.chdir(folder.root);
    const thin = join(folder.root, "thin");
    await expect(imbalance("set", "--ratio", "1 to 5", "--out", thin)).rejects.toThrow(/1:k/);
    await expect(imbalance("set", "--ratio", "1:2", "--out", thin)).rejects.toThrow(/can give 1:/);
    await expect(imbalance(join(genuine.root, "set"), "--ratio", "1:5", "--out", thin)).rejects.toThrow(
      /both classes|no folder|fake/,
    );
    expect(await readdir(folder.root)).not.toContain("thin");
  });
});
