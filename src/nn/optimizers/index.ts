import { adam } from "./adam.ts";
import { adamw } from "./adamw.ts";
import type { Optimizer } from "./optimizer.ts";
import { sgd } from "./sgd.ts";

/** How a gradient becomes a step. To add one: a file, a line here, a golden, a page. */
export const optimizers = { adam, adamw, sgd } as const satisfies Record<string, Optimizer>;
