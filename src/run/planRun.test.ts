import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import type { Sample, Samples } from "../core/sample.ts";
import type { Split } from "../data/split.ts";
import { parseRecipe } from "../train/recipe.ts";
import { planRun, requireBothSides } from "./planRun.ts";

function samplesOf(real: number, fake: number): Samples<"train"> {
  const of = (label: Sample["label"], count: number) =>
    Array.from({ length: count }, (_, i): Sample => {
      const path = `${label}/${i}.png`;
      return { path, sha256: path, label, group: path };
    });
  return [...of("real", real), ...of("fake", fake)] as unknown as Samples<"train">;
}

const recipeOf = (changes: object) =>
  parseRecipe("test", {
    name: "test",
    representation: { name: "rgb" },
    architecture: { name: "smallcnn" },
    size: 32,
    batchSize: 8,
    ...changes,
  });
const plan = (changes: object, train = samplesOf(90, 10)) => planRun(recipeOf(changes), train, createRng("plan"));
const remedy = (name: string, options = {}) => ({ imbalance: { name, options } });

describe("what a run does about few fakes", () => {
  it("is nothing where the recipe says nothing", () => {
    expect(plan({})).toEqual({ priorShift: { logOdds: 0, exact: true } });
  });

  it("corrects the prior that the recipe's own loss moves", () => {
    const loss = { name: "logitAdjusted", options: { shift: -2 } };
    expect(plan({ loss }).priorShift).toEqual({ logOdds: 2, exact: true });
  });

  it("is one move of the prior, whether strategies or the recipe's loss make it", () => {
    const loss = { name: "logitAdjusted", options: { shift: -2 } };
    expect(() => plan({ loss, ...remedy("classWeights") })).toThrow(
      "the recipe's loss logitAdjusted and classWeights both move the prior: together they count the rare class twice",
    );
    expect(() => plan({ loss, ...remedy("balancedEnsemble") })).toThrow("both move the prior");
    const smoothed = { name: "crossEntropy", options: { labelSmoothing: 0.1 } };
    expect(() => plan({ loss: smoothed, ...remedy("focal") })).toThrow("both choose the loss");
    // Neither of these claims what the other does.
    const weighted = plan({ loss: { name: "focal" }, ...remedy("classWeights") }).priorShift;
    expect(weighted.logOdds).toBeCloseTo(Math.log(9));
    expect(weighted).toMatchObject({ exact: false, because: expect.stringContaining("focal loss") });
    const smooth = plan({ loss: smoothed, ...remedy("classWeights") }).priorShift;
    expect(smooth).toMatchObject({ exact: false, because: expect.stringContaining("smallest at 0.9 p + 0.05") });
    expect(smooth.logOdds).toBeCloseTo(Math.log(9));
    expect(plan({ loss: { name: "crossEntropy", options: { labelSmoothing: 0 } } }).priorShift.exact).toBe(true);
  });

  it.each([
    [remedy("smote"), "never of pixels. Pass --freeze backbone"],
    [{ freeze: "backbone", features: "fresh", ...remedy("smote") }, "without --features fresh"],
    [
      { freeze: "backbone", ...remedy("oversample", { augmentRepeats: true }) },
      "Repeats cannot be augmented where features are kept",
    ],
    [
      { curriculum: { epochs: 1, laundering: ["png"] }, ...remedy("undersample") },
      "A curriculum and undersample both say which rows an epoch sees",
    ],
    [{ fit: "tiles", architecture: { name: "tracenet" }, ...remedy("smote") }, 'With fit "tiles" smote cannot'],
    [
      { fit: "tiles", architecture: { name: "tracenet" }, ...remedy("balancedBagging") },
      'With fit "tiles" balancedBagging cannot be carried out',
    ],
    [
      { batchSize: 32, ...remedy("undersample") },
      "Of 100 pictures of the train split undersample shows 20 in an epoch, fewer than one batch of 32",
    ],
    [
      { batchSize: 32, ...remedy("balancedEnsemble") },
      "balancedEnsemble shows 20 in an epoch of a member, fewer than one batch of 32",
    ],
    [{ batchSize: 128 }, "The train split has 100 pictures, fewer than one batch of 128"],
    [
      { architecture: { name: "resnet50" }, ...remedy("balancedBagging", { members: 20 }) },
      "20 members of resnet50, each with a backbone of its own, make a model of 1.9 GB, and more than 1 GB is refused. Pass --freeze backbone",
    ],
  ])("is refused where %j cannot be carried out", (changes, sentence) => {
    expect(() => plan(changes)).toThrow(sentence);
  });

  it("is refused on a train part that is not enough for it", () => {
    expect(() => plan({}, samplesOf(50, 0))).toThrow("The train part has no fakes");
    expect(() => plan({ freeze: "backbone", ...remedy("smote") }, samplesOf(50, 5))).toThrow(
      "5 nearest others (its option neighbours), and the train part has 5 fakes. Add fakes",
    );
    const oneSource = samplesOf(50, 4).map((sample) =>
      sample.label === "fake" ? { ...sample, group: "studio" } : sample,
    );
    expect(() => plan({}, oneSource as unknown as Samples<"train">)).toThrow("come from one source (group studio)");
  });

  it("takes a hundred heads on one backbone", () => {
    const architecture = { name: "resnet50" };
    const { members } = plan({ architecture, freeze: "backbone", ...remedy("balancedBagging", { members: 100 }) });
    expect(members!.each).toHaveLength(100);
  });

  it("knows weights of zero and unknown strategies from the recipe alone", () => {
    expect(() => recipeOf(remedy("classWeights", { by: "cost", falseAlarm: 0 }))).toThrow(
      "falseAlarm: must be above 0, since a class of weight zero is not learnt at all",
    );
    expect(() => recipeOf(remedy("classWeight"))).toThrow('Did you mean "classWeights"?');
  });
});

describe("the parts that judge", () => {
  const parts = (validation: Samples<"train">, calibration: Samples<"train">) =>
    ({ train: samplesOf(9, 9), validation, calibration, test: [] }) as unknown as Split["parts"];

  it("have both classes, or nothing is trained", () => {
    requireBothSides(parts(samplesOf(3, 1), samplesOf(3, 1)));
    expect(() => requireBothSides(parts(samplesOf(3, 1), samplesOf(7, 0)))).toThrow(
      "The calibration part has no fake among 7 pictures",
    );
    expect(() => requireBothSides(parts(samplesOf(3, 0), samplesOf(3, 1)))).toThrow(
      "The validation part has no fake among 3 pictures",
    );
    expect(() => requireBothSides(parts(samplesOf(0, 3), samplesOf(3, 1)))).toThrow("no genuine picture among 3");
  });
});
