/** How several networks' logits become one: the formulas stand in `architectures/ensemble.ts`. */
export const combinations = ["meanLogit", "meanProbability", "vote"] as const;
export type Combination = (typeof combinations)[number];
