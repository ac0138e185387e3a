import { expect, it } from "vitest";
import type { Sample } from "../core/sample.ts";
import { chooseStrategy } from "./job.ts";
import { requireStudy } from "./requireStudy.ts";

const set = (real: number, fake: number, groupOf = (label: string, i: number) => `${label}/${i}`): Sample[] =>
  (["real", "fake"] as const).flatMap((label) =>
    Array.from({ length: label === "real" ? real : fake }, (_, i) => ({
      path: `${label}/${i}`,
      sha256: `${label}/${i}`,
      label,
      group: groupOf(label, i),
    })),
  );
const options = { strategies: [chooseStrategy("none")], ratios: [5], seeds: [1], folds: 3 };
const asked = (samples: readonly Sample[], changes: Partial<typeof options> = {}) => {
  try {
    requireStudy(samples, { ...options, ...changes });
    return "nothing";
  } catch (error) {
    return (error as Error).message;
  }
};

it("accepts what can be compared", () => expect(asked(set(200, 60))).toBe("nothing"));

it.each([
  ["one class only", set(50, 0), {}, "There is no fake picture among 50"],
  [
    "a rare class of one group",
    set(200, 60, (label, i) => (label === "fake" ? "one" : `${i}`)),
    {},
    "All 60 fakes are of one group (one)",
  ],
  ["fewer rare groups than folds", set(200, 5), { folds: 6, ratios: [40] }, "stand in 5 groups, and 6 folds"],
  ["one fold", set(200, 60), { folds: 1 }, "--folds 1: every picture is judged by a model that did not see it"],
  ["no seed", set(200, 60), { seeds: [] }, "--seeds 0"],
  [
    "a ratio that the data cannot give",
    set(200, 20),
    { ratios: [5] },
    "asks for 40 fakes beside 200 genuine pictures, and there are 20. What can be had: 1:10",
  ],
  [
    "too few neighbours after thinning",
    set(300, 60),
    { ratios: [60], strategies: [chooseStrategy("smote")] },
    "smote at 1:60, fold 1: SMOTE mixes a fake with one of its 5 nearest others",
  ],
  ["a train part with a single fake", set(300, 60), { ratios: [250] }, "train part of fold 1 has 1 fake beside"],
] as const)("refuses %s, before anything is trained", (_, samples, changes, sentence) => {
  expect(asked(samples, changes as Partial<typeof options>)).toContain(sentence);
});

it("says which ratio can be had, and nothing that this command cannot do", () => {
  const smote = { strategies: [chooseStrategy("none"), chooseStrategy("smote")] };
  expect(asked(set(300, 60), { ratios: [1000] })).toMatch(/has 1 fake beside .* 1:50 can be had\.$/);
  const refusal = asked(set(300, 60), { ratios: [60], ...smote });
  expect(refusal).toMatch(/or leave smote out of --imbalance\. With all that was asked for 1:20 can be had\.$/);
  expect(refusal).not.toContain("Lower its option");
  expect(asked(set(300, 60), { ratios: [20], ...smote })).toBe("nothing");
  expect(asked(set(300, 60), { ratios: [50], ...smote })).not.toBe("nothing");
  expect(asked(set(30, 6), { ratios: [5], ...smote })).not.toContain("can be had.");
});

it("says in which fold groups of unequal size leave too few fakes", () => {
  // Most fakes are of one group, which stands in one part.
  const uneven = set(200, 60, (label, i) => (label === "fake" && i > 8 ? "most" : `${label}/${i}`));
  expect(asked(uneven, { ratios: [4] })).toMatch(/^Fold 1 at 1:4: .* Its groups are of unequal size/);
});

it("names the strategy that was meant", () => {
  expect(() => chooseStrategy("clasWeights")).toThrow('Did you mean "classWeights"?');
});
