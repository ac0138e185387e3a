import { dct } from "./dct.ts";
import { ela } from "./ela.ts";
import { flat } from "./flat.ts";
import { ink } from "./ink.ts";
import type { Representation } from "./representation.ts";
import { residual } from "./residual.ts";
import { rgb } from "./rgb.ts";
import { stackOf } from "./stack.ts";

const singles = { rgb, ela, residual, dct, flat, ink } as const satisfies Record<string, Representation>;

/** Ways to look at a picture; `stack` puts several of the others together. */
export const representations = { ...singles, stack: stackOf(singles) } as const satisfies Record<
  string,
  Representation
>;
