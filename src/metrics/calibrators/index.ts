import { beta } from "./beta.ts";
import type { Calibrator } from "./calibrator.ts";
import { isotonic } from "./isotonic.ts";
import { platt } from "./platt.ts";
import { temperature } from "./temperature.ts";

/** Ways from a logit to a probability. To add one: a file, a line here, a golden. */
export const calibrators = { temperature, platt, isotonic, beta } as const satisfies Record<string, Calibrator>;
