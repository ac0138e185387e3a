import { describe, expect, it } from "vitest";
import { shiftOf, unmoved } from "./plan.ts";
import { combine, correctPrior, trainedLogits } from "./posterior.ts";

const logit = (p: number) => Math.log(p / (1 - p));
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe("prior correction", () => {
  it("is that of undersampling: p = beta p_s / ((beta - 1) p_s + 1) (Dal Pozzolo, 2015)", () => {
    const beta = 0.05;
    const shift = shiftOf({ real: 100 * beta, fake: 4 }, { real: 100, fake: 4 });
    for (const trained of [0.01, 0.3, 0.5, 0.97]) {
      const [corrected] = correctPrior(trainedLogits([logit(trained)]), shift);
      expect(sigmoid(corrected!)).toBeCloseTo((beta * trained) / ((beta - 1) * trained + 1), 12);
    }
  });

  it("changes nothing where nothing moved", () => {
    expect([...correctPrior(trainedLogits([-2, 3]), unmoved)]).toEqual([-2, 3]);
  });
});

describe("members' answers become one", () => {
  const members = [Float64Array.of(-1, 4), Float64Array.of(3, -2)];

  it("by mean logit", () => expect([...combine(members, "meanLogit")]).toEqual([1, 1]));

  it("by mean probability, finite where all members are certain", () => {
    const [first] = combine(members, "meanProbability");
    expect(sigmoid(first!)).toBeCloseTo((sigmoid(-1) + sigmoid(3)) / 2, 12);
    expect(combine([Float64Array.of(800, -800)], "meanProbability").every(Number.isFinite)).toBe(true);
  });

  it("by vote, at the threshold of the prior", () => {
    expect(combine(members, "vote").map((z) => Math.round(100 * sigmoid(z)))).toEqual(Float64Array.of(50, 50));
    expect(sigmoid(combine(members, "vote", -3)[0]!)).toBeCloseTo(3 / 4, 12);
  });
});
