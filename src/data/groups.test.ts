import { describe, expect, it } from "vitest";
import { resizePixels } from "../image/perturb.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { casiaSources } from "./casiaNames.ts";
import { type Candidate, groupCandidates } from "./groups.ts";
import { hammingDistance, nearPairs, perceptualHash } from "./perceptualHash.ts";
import { blobs } from "./testPictures.ts";

const candidate = (path: string, i: number, rest: Partial<Candidate> = {}): Candidate => ({
  path,
  label: "real",
  sha256: `sha-${i}`,
  // Far from all others: 32 bits apart from its neighbours.
  perceptualHash: ((BigInt(i + 1) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn).toString(16).padStart(16, "0"),
  ...rest,
});

describe("groups", () => {
  it("reads the sources of CASIA's names", () => {
    expect(casiaSources("real/Au_ani_0001.jpg")).toEqual(["ani0001"]);
    expect(casiaSources("Au/Au_sec_00012.JPG")).toEqual(["sec0012"]);
    expect(casiaSources("fake/Sp_D_NRN_A_cha0049_art0024_0123.jpg")).toEqual(["cha0049", "art0024"]);
    expect(casiaSources("Tp/Tp_S_NND_S_N_txt00098_txt00098_10618.tif")).toEqual(["txt0098", "txt0098"]);
    expect(casiaSources("Sp_D_NNN_A_ani0099_ani0100.0288.jpg")).toEqual(["ani0099", "ani0100"]);
    expect(casiaSources("real/holiday.jpg")).toBeUndefined();
  });

  it("joins a splice with both of its sources, by itself when all names are CASIA's", () => {
    const paths = [
      "fake/Sp_D_NRN_A_ani0001_art0002_0001.jpg",
      "real/Au_ani_0001.jpg",
      "real/Au_art_0002.jpg",
      "real/Au_art_0003.jpg",
    ];
    const { groups, groupedBy } = groupCandidates(paths.map((path, i) => candidate(path, i)));
    expect(groupedBy).toBe("CASIA names");
    expect(groups).toEqual(["ani0001", "ani0001", "ani0001", "art0003"]);
  });

  it("groups by a pattern's capture, and says what is wrong with a pattern", () => {
    const candidates = ["a/scene1-x.jpg", "a/scene1-y.jpg", "a/scene2.jpg", "b/other.jpg"].map((path, i) =>
      candidate(path, i),
    );
    const { groups, warnings } = groupCandidates(candidates, "scene(\\d+)");
    expect(groups).toEqual(["1", "1", "2", "b/other.jpg"]);
    expect(warnings[0]).toContain("1 picture without a group");
    expect(() => groupCandidates(candidates, "scene")).toThrow(/captures nothing/);
    expect(() => groupCandidates(candidates, "cassia")).toThrow(/Did you mean "casia"/);
    expect(() => groupCandidates(candidates, "scene(")).toThrow(/no regular expression/);
    expect(() => groupCandidates(candidates, "(nothing)")).toThrow(/matches none/);
    expect(() => groupCandidates(candidates, "column:colour")).toThrow(/column "colour"/);
  });

  it("keeps the same bytes together whatever a column says", () => {
    const twins = [
      candidate("a.jpg", 0, { group: "g" }),
      candidate("b.jpg", 1, { group: "h", sha256: "sha-0" }),
      candidate("c.jpg", 2, { group: "h" }),
    ];
    expect(new Set(groupCandidates(twins).groups).size).toBe(1);
  });

  it("finds a scene again after a smaller save, and warns where everything looks alike", async () => {
    const scenes = ["x", "y", "z"].map((seed) => blobs(seed, 160, 120));
    const copies = await Promise.all(
      scenes.map(async (pixels) =>
        sharpCodec.decodePixels(
          await sharpCodec.encodeJpeg(resizePixels(pixels, { width: 90, height: 68, kernel: "bilinear" }), {
            quality: 60,
          }),
        ),
      ),
    );
    const hashes = [...scenes, ...copies].map(perceptualHash);
    const { groups } = groupCandidates(hashes.map((hash, i) => candidate(`${i}.jpg`, i, { perceptualHash: hash })));
    expect(groups).toEqual(["0.jpg", "1.jpg", "2.jpg", "0.jpg", "1.jpg", "2.jpg"]);
    const alike = Array.from({ length: 12 }, (_, i) => candidate(`${i}`, i, { perceptualHash: "00000000ffffffff" }));
    expect(groupCandidates(alike).warnings.join()).toContain("holds 12 of 12 pictures");
  });

  it("counts differing bits", () => {
    expect(hammingDistance("0000000000000000", "ffffffffffffffff")).toBe(64);
    expect(hammingDistance("8000000000000001", "0000000000000001")).toBe(1);
    expect(nearPairs(["000000000000000f", "0000000000000000", "ffffffff00000000"], 4)).toEqual([[0, 1]]);
  });
});
