import { expect, it } from "vitest";
import { exampleComparison } from "../../../test/golden/report/exampleComparison.ts";
import { columnsOf, type ViewName, views } from "./columns.ts";
import { nextSorting, sortStrategies } from "./sortStrategies.ts";

const data = exampleComparison();
const [common, rare] = data.ratios;
const columnOf = (view: ViewName, key: string, ratio = common!) =>
  columnsOf(view, ratio, data).find((column) => column.key === key)!;
const names = (ratio = common!, column = columnOf("finding", "prAuc"), isBestFirst = true) =>
  sortStrategies(ratio.strategies, column, isBestFirst).map(({ name }) => name);

it("sets the best first, whichever way that is", () => {
  expect(names().slice(0, 2)).toEqual(["balancedEnsemble", "balancedBagging"]);
  expect(names(common!, columnOf("cost", "trainSeconds"))[0]).toBe("undersample");
  expect(names(common!, columnOf("cost", "trainSeconds"), false)[0]).toBe("balancedBagging");
});

it("leaves those without a value at the end, either way", () => {
  const column = columnOf("finding", "rocAuc", rare!);
  expect(names(rare!, column).at(-1)).toBe("smote");
  expect(names(rare!, column, false).at(-1)).toBe("smote");
});

it("leaves the order as it was without a column", () => {
  expect(sortStrategies(common!.strategies, undefined, true)).toBe(common!.strategies);
});

it("goes from the best first to the worst first to the order as it was", () => {
  const best = nextSorting(undefined, "prAuc");
  expect(best).toEqual({ key: "prAuc", isBestFirst: true });
  const worst = nextSorting(best, "prAuc");
  expect(worst).toEqual({ key: "prAuc", isBestFirst: false });
  expect(nextSorting(worst, "prAuc")).toBeUndefined();
  expect(nextSorting(worst, "ece")).toEqual({ key: "ece", isBestFirst: true });
});

it.each(views)("$name: every cell has a text, and a value or a reason", ({ name }) => {
  for (const ratio of data.ratios)
    for (const { of, key } of columnsOf(name, ratio, data))
      for (const strategy of ratio.strategies) {
        const { value, text, reason } = of(strategy);
        expect(value === undefined, `${key} of ${strategy.name}`).toBe(reason !== undefined);
        expect(text).not.toMatch(/NaN|undefined|Infinity/);
      }
});

it("says what always real and the base rate would get", () => {
  const { ratios } = data;
  expect(columnOf("threshold", "accuracy").guess).toBe((1 - ratios[0]!.prevalence).toFixed(3));
  expect(columnOf("threshold", "recall").guess).toBe("0.000");
  expect(columnOf("threshold", "precision").guess).toBe("–");
  expect(columnOf("probabilities", "brierSkill").guess).toBe("0.000");
  expect(columnOf("finding", "prAuc").guess).toBe("0.091");
});
