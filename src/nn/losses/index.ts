import { crossEntropy } from "./crossEntropy.ts";
import { focal } from "./focal.ts";
import { logitAdjusted } from "./logitAdjusted.ts";
import type { Loss } from "./loss.ts";

/** What training makes small. To add one: a file, a line here, a golden, a page. */
export const losses = { crossEntropy, focal, logitAdjusted } as const satisfies Record<string, Loss>;
