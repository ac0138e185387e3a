import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import fc from "../../test/fc.ts";
import { type Part, parts, type Sample } from "../core/sample.ts";
import { defaultFractions, splitDataset } from "./split.ts";
import { findSplit, openSplit } from "./splitFile.ts";
import { temporaryFolder } from "./testPictures.ts";

const sample = (i: number, label: "real" | "fake", group: string, rest: Partial<Sample> = {}): Sample => ({
  path: `${label}/${i}.jpg`,
  sha256: `${i}`,
  label,
  group,
  ...rest,
});
const dataset = (samples: readonly Sample[]) => ({
  samples,
  groupedBy: "column group",
  manifestSha256: "0123456789abcdef".repeat(4),
});

/** Sets of 40 to 200 pictures in groups of very different sizes. */
const sets = fc
  .array(fc.record({ real: fc.nat(6), fake: fc.nat(3) }), { minLength: 40, maxLength: 60 })
  .map((groups) =>
    groups.flatMap(({ real, fake }, g) =>
      [...Array(real).fill("real"), ...Array(fake).fill("fake")].map((label) => ({ label, g })),
    ),
  )
  .map((rows) => rows.map(({ label, g }, i) => sample(i, label, `g${g}`)))
  .filter((rows) => new Set(rows.filter((row) => row.label === "fake").map((row) => row.group)).size >= 12);

const partOf = (split: ReturnType<typeof splitDataset>) =>
  new Map(parts.flatMap((part) => split.parts[part].map((member): [Sample, Part] => [member, part])));

describe("splitDataset", () => {
  it.each(["grouped", "random"] as const)("%s: a partition, the same for the same seed", (kind) => {
    fc.assert(
      fc.property(sets, fc.nat(1000), (samples, seed) => {
        const split = splitDataset(dataset(samples), { kind, seed });
        const all = parts.flatMap((part) => [...split.parts[part]]);
        expect(all).toHaveLength(samples.length);
        expect(new Set(all)).toEqual(new Set(samples));
        expect(splitDataset(dataset(samples), { kind, seed })).toEqual(split);
      }),
      { numRuns: 60 },
    );
  });

  it("grouped: groups never cross parts, and both classes come near their fractions", () => {
    fc.assert(
      fc.property(sets, fc.nat(1000), (samples, seed) => {
        const split = splitDataset(dataset(samples), { kind: "grouped", seed });
        expect(split.naive).toBe(false);
        const where = partOf(split);
        const first = new Map<string, Part>();
        for (const member of samples) {
          expect(where.get(member)).toBe(first.get(member.group) ?? where.get(member));
          first.set(member.group, where.get(member)!);
        }
        for (const part of parts)
          expect(Math.abs(split.parts[part].length / samples.length - defaultFractions[part])).toBeLessThan(0.09);
      }),
      { numRuns: 60 },
    );
  });

  it("sends a huge group to train", () => {
    const samples = Array.from({ length: 200 }, (_, i) =>
      sample(i, i % 2 ? "fake" : "real", i < 100 ? "giant" : `g${i >> 1}`),
    );
    for (let seed = 0; seed < 10; seed++) {
      const { parts: made } = splitDataset(dataset(samples), { kind: "grouped", seed });
      expect(made.train.filter(({ group }) => group === "giant")).toHaveLength(100);
      expect(made.test.length).toBeGreaterThan(20);
    }
  });

  it("random is naive, another seed is another split", () => {
    const samples = Array.from({ length: 100 }, (_, i) => sample(i, i % 2 ? "fake" : "real", `g${i >> 2}`));
    const split = splitDataset(dataset(samples), { kind: "random", seed: 1 });
    expect(split.naive).toBe(true);
    expect(split.counts).toEqual({
      train: { real: 32, fake: 32 },
      validation: { real: 6, fake: 6 },
      calibration: { real: 4, fake: 4 },
      test: { real: 8, fake: 8 },
    });
    expect(splitDataset(dataset(samples), { kind: "random", seed: 2 }).parts.test).not.toEqual(split.parts.test);
  });

  it("time: the newest are test, and a group goes with its newest picture", () => {
    const samples = Array.from({ length: 100 }, (_, i) =>
      sample(i, i % 2 ? "fake" : "real", i === 0 || i === 99 ? "long" : `g${i}`, {
        time: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
      }),
    );
    const { parts: made } = splitDataset(dataset(samples), { kind: "time", seed: 1 });
    expect(made.test.map(({ sha256 }) => Number(sha256))).toContain(0);
    const newest = Math.max(...made.train.map(({ sha256 }) => Number(sha256)));
    expect(made.test.filter(({ group }) => group !== "long").every(({ sha256 }) => Number(sha256) > newest)).toBe(true);
    expect(() => splitDataset(dataset([sample(1, "real", "g")]), { kind: "time", seed: 1 })).toThrow(
      /real\/1\.jpg has none/,
    );
  });

  it("given: follows the column, and cuts what it lacks out of train", () => {
    const samples = Array.from({ length: 120 }, (_, i) =>
      sample(i, i % 2 ? "fake" : "real", `g${i >> 1}`, { given: i < 100 ? "train" : "test" }),
    );
    const { counts, naive } = splitDataset(dataset(samples), { kind: "given", seed: 1 });
    expect(counts.test).toEqual({ real: 10, fake: 10 });
    expect(counts.validation.fake + counts.calibration.fake).toBeGreaterThan(6);
    expect(naive).toBe(false);
    const crossing = samples.map((member, i) => (i === 100 ? { ...member, group: "g0" } : member));
    expect(splitDataset(dataset(crossing), { kind: "given", seed: 1 }).naive).toBe(true);
  });

  it("says in a sentence why a part would lack a class", () => {
    const few = Array.from({ length: 40 }, (_, i) => sample(i, i % 2 ? "fake" : "real", `g${i % 3}`));
    expect(() => splitDataset(dataset(few), { kind: "grouped", seed: 1 })).toThrow(
      /would have no (real|fake) picture: 20 \w+ pictures stand in 3 groups \(by column group\)/,
    );
  });
});

describe("openSplit", () => {
  const samples = Array.from({ length: 100 }, (_, i) => sample(i, i % 2 ? "fake" : "real", `g${i >> 1}`));

  it("draws once, reads afterwards, and counts looks on the disk", async () => {
    await using folder = await temporaryFolder();
    const options = { kind: "grouped", seed: 3 } as const;
    expect(await findSplit(dataset(samples), options, folder.root)).toBeUndefined();
    const drawn = await openSplit(dataset(samples), options, folder.root);
    const again = await openSplit(dataset(samples), options, folder.root);
    expect(again.split).toEqual(drawn.split);
    const look = { model: "abc", protocol: "raw", time: "2026-01-01T00:00:00Z" };
    await drawn.countLook(look);
    await again.countLook({ ...look, protocol: "rescaled" });
    expect(again.looks).toHaveLength(2);
    expect((await findSplit(dataset(samples), options, folder.root))!.looks.map(({ protocol }) => protocol)).toEqual([
      "raw",
      "rescaled",
    ]);
    expect(await readdir(folder.root)).toEqual(["0123456789ab-grouped-3.json"]);
  });

  it("refuses a file that was changed by hand", async () => {
    await using folder = await temporaryFolder();
    const { path } = await openSplit(dataset(samples), { kind: "random", seed: 1 }, folder.root);
    const file = JSON.parse(await readFile(path, "utf8"));
    file.parts.test.pop();
    await writeFile(path, JSON.stringify(file));
    await expect(openSplit(dataset(samples), { kind: "random", seed: 1 }, folder.root)).rejects.toThrow(
      /does not cover the dataset/,
    );
    await writeFile(path, "{");
    await expect(openSplit(dataset(samples), { kind: "random", seed: 1 }, folder.root)).rejects.toThrow(/not JSON/);
  });
});
