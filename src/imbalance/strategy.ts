import type { z } from "zod";
import type { Rng } from "../core/rng.ts";
import type { Samples } from "../core/sample.ts";
import type { Entry } from "../core/table.ts";
import type { Plan } from "./plan.ts";

/** A remedy for few fakes among many genuine pictures. */
export interface ImbalanceStrategy<O extends z.ZodObject = z.ZodObject> extends Entry<O> {
  /** What it costs beside training on everything as it is. */
  readonly cost: string;
  readonly failure: string;
  /**
   * Plans, and does nothing. Only a train part is taken: what is balanced before a split, or on the pictures that judge,
   * leaks. Throws UserError where a class is missing or too small for the remedy.
   */
  plan(train: Samples<"train">, options: z.infer<O>, rng: Rng): Plan;
}
