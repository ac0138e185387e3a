import type { z } from "zod";
import { UserError } from "../core/errors.ts";
import { createRng } from "../core/rng.ts";
import type { Label } from "../core/sample.ts";
import { lookUp, parseOptions, sentence } from "../core/table.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { createDataset } from "./datasetWriter.ts";
import { makePicture } from "./slips/makePicture.ts";
import { operations } from "./slips/operations/index.ts";
import type { Operation } from "./slips/operations/operation.ts";
import { planSlips } from "./slips/plan.ts";
import { type SlipOptions, slipOptions } from "./slips/slipOptions.ts";

export interface ForgeSlips {
  /** Folder of the dataset. */
  readonly out: string;
  /** Of genuine and fake slips together. */
  readonly count: number;
  /** `1:k`: one fake for k genuine. */
  readonly ratio: string;
  readonly seed: number;
  /** Of the pictures, in pixels; goes before that of the options. */
  readonly width?: number;
  readonly options?: z.input<typeof slipOptions>;
  readonly name?: string;
  /** A sentence, where the set is a toy. */
  readonly toy?: string;
  /** Makes the set again; by default the `assay forge slips` that has these arguments. */
  readonly command?: string;
  readonly force?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Draws genuine transfer slips of invented banks, forges some of them, saves all of them alike and writes a dataset
 * of ours. The same arguments give the same bytes on the same machine.
 * Errors: exists, bad-options, disk-full, no-permission.
 */
export async function forgeSlips(
  request: ForgeSlips,
): Promise<{ counts: Readonly<Record<Label, number>>; toy?: string }> {
  const { out, count, ratio, seed, width, toy, force, onProgress } = request;
  const parsed = slipOptions.safeParse({ ...request.options, ...(width !== undefined && { width }) });
  if (!parsed.success) throw new UserError("bad-options", `Options of the slips: ${sentence(parsed.error)}`);
  const plans = planSlips({ count, ratio, options: parsed.data }, createRng(`forge slips/${seed}`));
  const card = {
    name: request.name ?? "slips",
    ...(toy !== undefined && { toy }),
    seed,
    command:
      request.command ??
      `assay forge slips --out ${out} --count ${count} --ratio ${ratio} --seed ${seed}${width === undefined ? "" : ` --width ${width}`}`,
  };
  checkOperations(parsed.data);
  const dataset = await createDataset(out, card, force);
  let next = 0;
  let done = 0;
  // A few at a time: encoding runs on other threads than drawing.
  const worker = async () => {
    for (let plan = plans[next++]; plan !== undefined; plan = plans[next++]) {
      await dataset.add(await makePicture(plan, parsed.data, sharpCodec));
      onProgress?.(++done, plans.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: 4 }, worker));
  } catch (error) {
    next = plans.length;
    throw error;
  }
  return { counts: await dataset.close(), ...(toy !== undefined && { toy }) };
}

/** Before anything is written. */
function checkOperations({ operations: chosen }: SlipOptions): void {
  for (const [name, { options }] of Object.entries(chosen)) {
    const operation: Operation = lookUp(operations, "operation of slips", name);
    parseOptions(operation, `operation ${name}`, options);
  }
}
