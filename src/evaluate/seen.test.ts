import { describe, expect, it } from "vitest";
import type { Sample } from "../core/sample.ts";
import type { PictureFacts } from "../data/facts.ts";
import { seenInTraining } from "./seen.ts";

const sample = (sha256: string, group: string): Sample => ({ path: `${sha256}.jpg`, sha256, label: "real", group });
const training = {
  dataset: "d",
  manifestSha256: "m",
  protocol: "raw" as const,
  split: { kind: "grouped", seed: 1, naive: false },
  samples: [
    { sha256: "a", group: "g1", part: "train" as const },
    { sha256: "b", group: "g2", part: "validation" as const, hash: "00000000000000ff" },
    { sha256: "c", group: "g3", part: "test" as const },
  ],
};

/** Only picture "y" has been looked at. */
const dataset = (manifestSha256: string, perceptualHash = "ffffffffffffff00") => ({
  manifestSha256,
  facts: new Map([["y", { perceptualHash } as PictureFacts]]),
});

describe("what a model has seen", () => {
  it("counts the same bytes and known groups, test excepted", () => {
    const seen = seenInTraining({ training }, [sample("a", "g1"), sample("x", "g2"), sample("c", "g3")], dataset("m"));
    expect(seen).toEqual({ samples: 1, groups: 2, nearDuplicates: 0 });
  });

  it("does not take another dataset's group names for its own", () => {
    expect(seenInTraining({ training }, [sample("x", "g1"), sample("a", "g9")], dataset("other"))).toEqual({
      samples: 1,
      groups: 0,
      nearDuplicates: 0,
    });
  });

  it("counts pictures that look like known ones", () => {
    const near = seenInTraining({ training }, [sample("y", "g9")], dataset("other", "00000000000000fe"));
    expect(near.nearDuplicates).toBe(1);
    expect(seenInTraining({ training }, [sample("y", "g9")], dataset("other")).nearDuplicates).toBe(0);
  });
});
