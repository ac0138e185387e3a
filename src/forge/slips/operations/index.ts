import { contentFill } from "./contentFill.ts";
import { digitCopy } from "./digitCopy.ts";
import { emptiedTemplate } from "./emptiedTemplate.ts";
import type { Operation } from "./operation.ts";
import { patchText } from "./patchText.ts";
import { qrReplace } from "./qrReplace.ts";
import { rerenderBlock } from "./rerenderBlock.ts";
import { smudge } from "./smudge.ts";
import { splice } from "./splice.ts";

/** Ways to replace fields of a slip. */
export const operations = {
  patchText,
  contentFill,
  smudge,
  digitCopy,
  splice,
  rerenderBlock,
  emptiedTemplate,
  qrReplace,
} as const satisfies Record<string, Operation>;
