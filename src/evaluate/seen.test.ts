import { describe, expect, it } from "vitest";
import type { Sample } from "../core/sample.ts";
import { seenInTraining } from "./seen.ts";

const sample = (sha256: string, group: string): Sample => ({ path: `${sha256}.jpg`, sha256, label: "real", group });
const training = {
  dataset: "d",
  manifestSha256: "m",
  protocol: "raw" as const,
  split: { kind: "grouped", seed: 1, naive: false },
  samples: [
    { sha256: "a", group: "g1", part: "train" as const },
    { sha256: "b", group: "g2", part: "validation" as const },
    { sha256: "c", group: "g3", part: "test" as const },
  ],
};

describe("what a model has seen", () => {
  it("counts the same bytes and known groups, test excepted", () => {
    const seen = seenInTraining({ training }, [sample("a", "g1"), sample("x", "g2"), sample("c", "g3")], "m");
    expect(seen).toEqual({ samples: 1, groups: 2 });
  });

  it("does not take another dataset's group names for its own", () => {
    expect(seenInTraining({ training }, [sample("x", "g1"), sample("a", "g9")], "other")).toEqual({
      samples: 1,
      groups: 0,
    });
  });
});
