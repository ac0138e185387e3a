import { describe, expect, it } from "vitest";
import { parseRecipe } from "../train/recipe.ts";
import { thresholdOptions } from "../train/thresholdOptions.ts";
import { loadRecipe, type RecipeChanges } from "./recipes.ts";

const load = (changes: RecipeChanges) => loadRecipe("quickstart", changes);

describe("the operating point of a recipe", () => {
  it("is by false alarms, with ten alarms in a thousand for reviewers, where nothing is said", async () => {
    const recipe = await load({});
    expect(recipe.operatingPoint).toEqual({ name: "falseAlarmRate", options: {} });
    expect(recipe.budget).toEqual({ alarms: 10, pictures: 1000 });
    expect(recipe.prevalence).toBeUndefined();
    expect(thresholdOptions(recipe, 0.25)).toMatchObject({ budget: 0.01, prevalence: undefined, calibratedAt: 0.25 });
  });

  it("takes the flags of its rule", async () => {
    const cost = await load({ operatingPoint: "cost", costMissedFake: 200, prevalence: "1:499" });
    expect(cost.operatingPoint).toEqual({ name: "cost", options: { missedFake: 200, falseAlarm: 1 } });
    expect(thresholdOptions(cost, 0.5).prevalence).toBeCloseTo(1 / 500, 15);
    const budget = await load({ operatingPoint: "budget", budget: 20, volume: 5000 });
    expect(thresholdOptions(budget, 0.5).budget).toBe(0.004);
    expect((await load({ volume: 200 })).budget).toEqual({ alarms: 10, pictures: 200 });
  });

  it.each([
    [
      { costMissedFake: 10 },
      /--cost-missed-fake and --cost-false-alarm are of --operating-point cost; this one is falseAl/,
    ],
    [{ operatingPoint: "f1", maxFpr: 0.02 }, /--max-fpr is of --operating-point falseAlarmRate; this one is f1/],
    [{ operatingPoint: "cost", costFalseAlarm: -1 }, /^--cost-false-alarm -1: a cost is a number above 0/],
    [{ operatingPoint: "cost", costMissedFake: 0 }, /^--cost-missed-fake 0: a cost is a number above 0/],
    [{ operatingPoint: "fpr" }, /Unknown operating point "fpr"\. .*Known: falseAlarmRate, cost, budget, f1/],
    [{ budget: 0 }, /budget/],
    [{ budget: 2000 }, /A budget of 2000 alarms among 1000 pictures is none/],
    [{ prevalence: "500" }, /The prevalence "500" is not of the form 1:k/],
  ] satisfies [RecipeChanges, RegExp][])("refuses %j before a picture is read", async (changes, sentence) => {
    await expect(load(changes)).rejects.toThrow(sentence);
  });
});

describe("flags that name no remedy", () => {
  it.each([
    [{ imbalance: "classWeights,oversample" }, /takes one strategy.*assay compare <dataset> --imbalance classWeights/],
    [{ budget: 0 }, /^--budget 0: pass a number above 0/],
    [{ volume: -1 }, /^--volume -1: pass a number above 0/],
  ])("%o", async (changes, sentence) => {
    await expect(load(changes)).rejects.toThrow(sentence);
  });
});

describe("a choice in a recipe", () => {
  it.each(["classWeights", ["classWeights", "oversample"]])("is an object with a name, not %o", (imbalance) => {
    expect(() => parseRecipe("mine.json", { imbalance })).toThrow('imbalance: expected one choice, as { "name": "…" }');
  });
});
