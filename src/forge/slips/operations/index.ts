import { digitCopy } from "./digitCopy.ts";
import type { Operation } from "./operation.ts";
import { patchText } from "./patchText.ts";
import { smudge } from "./smudge.ts";
import { splice } from "./splice.ts";

/** Ways to replace a field of a slip. */
export const operations = { patchText, smudge, splice, digitCopy } as const satisfies Record<string, Operation>;
