import { crossEntropy } from "./crossEntropy.ts";
import type { Loss } from "./loss.ts";

export const losses = { crossEntropy } as const satisfies Record<string, Loss>;
