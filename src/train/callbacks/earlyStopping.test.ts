import { describe, expect, it } from "vitest";
import { type EarlyStoppingState, earlyStoppingOptions, freshEarlyStopping, watch } from "./earlyStopping.ts";

function follow(values: (number | null)[], options: object) {
  let state: EarlyStoppingState = freshEarlyStopping;
  const improved = values.map((value, epoch) => {
    const next = watch(state, earlyStoppingOptions.parse(options), epoch, value);
    state = next;
    return next.improved;
  });
  return { state, improved };
}

describe("early stopping", () => {
  it("counts the epochs since the best loss", () => {
    const { state, improved } = follow([0.7, 0.5, 0.6, 0.55], {});
    expect(improved).toEqual([true, true, false, false]);
    expect(state).toMatchObject({ bestEpoch: 1, bestValue: 0.5, epochsWithoutImprovement: 2 });
  });

  it("wants more than minDelta", () => {
    expect(follow([0.7, 0.695, 0.6], { minDelta: 0.01 }).improved).toEqual([true, false, true]);
  });

  it("takes higher as better for accuracy and ROC AUC", () => {
    expect(follow([0.5, 0.7, 0.6], { monitor: "validationRocAuc" }).state.bestEpoch).toBe(1);
  });

  it("never takes an undefined value for an improvement", () => {
    const { state, improved } = follow([null, 0.6, null], { monitor: "validationRocAuc" });
    expect(improved).toEqual([false, true, false]);
    expect(state.bestEpoch).toBe(1);
  });
});
