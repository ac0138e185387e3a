import { expect, it } from "vitest";
import { exampleMetadata } from "../../test/exampleMetadata.ts";
import type { Sample } from "../core/sample.ts";
import { requireUnseen } from "./requireUnseen.ts";

const samples: Sample[] = Array.from({ length: 10 }, (_, i) => ({
  path: `${i}.png`,
  sha256: `${i}`.padStart(64, "0"),
  label: i < 5 ? "fake" : "real",
  group: `account-${i}`,
}));
const dataset = { name: "mine", samples, manifestSha256: "mine", facts: new Map() };
const network = { architecture: { name: "smallcnn", options: {} }, input: { channels: 3, height: 32, width: 32 } };
type Seen = { sha256: string; group: string; part: "train" | "validation" | "calibration" | "test" };
const backbone = (seen: readonly Seen[], training: { dataset?: string; manifestSha256?: string } = {}) => {
  const metadata = exampleMetadata(network);
  return {
    path: "b.onnx",
    metadata: { ...metadata, training: { ...metadata.training, ...training, samples: [...seen] } },
  };
};
const elsewhere = { sha256: "f".repeat(64), group: "account-99", part: "train" } as const;
const ofSample = (i: number, part: Seen["part"] = "train"): Seen => ({ ...samples[i]!, part });

it("refuses a backbone whose training holds a picture of an evaluation fold, or a fake that is taken away", () => {
  for (const part of ["train", "validation", "calibration"] as const)
    for (const i of [0, 9])
      expect(() => requireUnseen(backbone([elsewhere, ofSample(i, part)]), dataset)).toThrow(
        "1 of the 10 pictures and 1 groups of mine were in that training",
      );
});

it("refuses one that knows a group, where names mean the same in both", () => {
  const group = { ...elsewhere, group: "account-3" };
  for (const training of [{ dataset: "mine" }, { manifestSha256: "mine" }])
    expect(() => requireUnseen(backbone([group], training), dataset)).toThrow(
      "0 of the 10 pictures and 1 groups of mine were in that training",
    );
  expect(requireUnseen(backbone([group]), dataset)).toEqual([
    expect.stringContaining("1 groups have the name of a group of the backbone's training set"),
  ]);
});

it("refuses one that was trained inside the dataset, and takes one that saw nothing of it", () => {
  expect(() => requireUnseen(backbone([elsewhere], { manifestSha256: "mine" }), dataset)).toThrow(
    "Pass a --backbone that was trained on other data",
  );
  expect(requireUnseen(backbone([elsewhere]), dataset)).toEqual([]);
  // What its own test part was is no knowledge.
  expect(requireUnseen(backbone([ofSample(0, "test")]), dataset)).toEqual([]);
});

it("warns of near-duplicates, which screens of one template are, too", () => {
  const facts = new Map(samples.map(({ sha256 }) => [sha256, { perceptualHash: "00000000000000ff" } as never]));
  const seen = { ...elsewhere, hash: "00000000000000fe" };
  expect(requireUnseen(backbone([seen]), { ...dataset, facts })).toEqual([
    expect.stringContaining("10 of the 10 pictures look like one that the backbone learnt from"),
  ]);
});
