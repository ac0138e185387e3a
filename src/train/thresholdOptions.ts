import { parseRatio } from "../core/ratio.ts";
import type { ThresholdOptions } from "../metrics/operatingPoint.ts";
import { reviewBudget } from "../metrics/reviewBudget.ts";
import type { Recipe } from "./recipe.ts";

/** Of the pictures that a recipe says the model is for, the share that is fake; undefined where it says nothing. */
export function prevalenceFor({ prevalence }: Pick<Recipe, "prevalence">): number | undefined {
  return prevalence === undefined ? undefined : 1 / (1 + parseRatio(prevalence, "prevalence"));
}

export type RecipeThresholds = ThresholdOptions &
  Required<Pick<ThresholdOptions, "operatingPoint" | "maxFpr" | "budget" | "maxInconclusive">>;

/** What a recipe says of thresholds. `calibratedAt`: share of fakes at which the probabilities mean what they say. */
export function thresholdOptions(recipe: Recipe, calibratedAt: number | undefined): RecipeThresholds {
  const { operatingPoint, maxFpr, maxInconclusive, budget } = recipe;
  return {
    operatingPoint,
    maxFpr,
    maxInconclusive,
    budget: reviewBudget(budget.alarms, budget.pictures),
    prevalence: prevalenceFor(recipe),
    calibratedAt,
  };
}
