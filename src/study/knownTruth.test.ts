import { expect, it } from "vitest";
import { chooseStrategy } from "./job.ts";
import { knownTruth } from "./knownTruth.ts";
import { syntheticTable } from "./syntheticTable.ts";

/** A small version of `npm run bench -- imbalance`: 6,000 vectors at 1:10, 3,360 of them trained on. */
const table = syntheticTable({ real: 5455, fake: 545, width: 4, told: 4, distance: 2, seed: "truth" });

it.each(["none", "classWeights", "undersample", "oversample", "logitAdjustment", "balancedEnsemble"])(
  "%s gives the true posterior, the prior corrected once",
  async (name) => {
    const found = await knownTruth(
      table,
      chooseStrategy(name, name === "balancedEnsemble" ? { realPerFake: 3 } : {}),
      10,
    );
    expect(found.error).toBeLessThan(0.02);
    // Without the correction the moved prior shows.
    if (name !== "none") expect(found.uncorrected).toBeGreaterThan(0.05);
  },
);

it("focal does not, whatever the prior", async () => {
  expect((await knownTruth(table, chooseStrategy("focal"), 10)).error).toBeGreaterThan(0.05);
});
