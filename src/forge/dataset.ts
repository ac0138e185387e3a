import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import type { z } from "zod";
import { UserError } from "../core/errors.ts";
import type { Label, Part } from "../core/sample.ts";
import { lookUp, parseOptions, sentence } from "../core/table.ts";
import { openCrew } from "../data/crew.ts";
import { inLanes } from "../data/inLanes.ts";
import "../image/sharpCodec.ts"; // libvips' loaders are chosen before workers start
import { createDataset, type Disk, type ForgedPicture } from "./datasetWriter.ts";
import { operations } from "./slips/operations/index.ts";
import type { Operation } from "./slips/operations/operation.ts";
import { planSlips } from "./slips/plan.ts";
import { type RasteriserName, rasteriserNames, rasterisers } from "./slips/rasterisers/index.ts";
import { type SlipOptions, slipOptions } from "./slips/slipOptions.ts";
import type { ForgeSettings } from "./slips/slips.worker.ts";

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
  /** Programs that draw and forge; by default those that npm brings, which are the same everywhere. */
  readonly engines?: readonly string[];
  /** Only pictures of these parts are made; the plan is that of the whole set. */
  readonly parts?: readonly Part[];
  readonly options?: z.input<typeof slipOptions>;
  readonly name?: string;
  /** A sentence, where the set is a toy. */
  readonly toy?: string;
  /** Makes the set again; by default the `assay forge slips` that has these arguments. */
  readonly command?: string;
  readonly force?: boolean;
  /** Go on with what an interrupted run with the same arguments has left. */
  readonly resume?: boolean;
  readonly workers?: number;
  readonly disk?: Disk;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ForgedSlips {
  readonly counts: Readonly<Record<Label, number>>;
  readonly manifestSha256: string;
  readonly engines: readonly string[];
  /** Engines that were asked for with `all` and are not at hand. */
  readonly missingEngines: readonly string[];
  readonly toy?: string;
}

/** Programs that come with npm: the same letters on every machine. */
export const pinnedEngines = ["canvas", "outline", "supersampled", "pango"] as const satisfies RasteriserName[];

/**
 * Draws genuine transfer slips of invented banks, forges some of them, launders all of them alike and writes a dataset
 * of ours. The same arguments give the same bytes on the same machine, also when a run was interrupted and resumed.
 * Errors: exists, bad-options, disk-full, no-permission.
 */
export async function forgeSlips(request: ForgeSlips): Promise<ForgedSlips> {
  const { out, count, ratio, seed, width, parts, toy, onProgress } = request;
  const parsed = slipOptions.safeParse({ ...request.options, ...(width !== undefined && { width }) });
  if (!parsed.success)
    throw new UserError("bad-options", `Options of the slips: ${sentence(parsed.error, slipOptions)}`);
  const options = parsed.data;
  checkOperations(options);
  const { engines, missing } = await chooseEngines(request.engines);
  const settings: ForgeSettings = { count, ratio, seed, options, engines };
  const wanted = planSlips(settings).flatMap(({ name, split }, index) =>
    parts === undefined || parts.includes(split) ? [{ name, index }] : [],
  );
  const card = {
    name: request.name ?? "slips",
    ...(toy !== undefined && { toy }),
    seed,
    ...(parts !== undefined && { parts }),
    command: request.command ?? commandOf(request, engines),
    ...(request.options !== undefined && { options: request.options }),
    engines,
  };
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([settings, parts]))
    .digest("hex");
  const { force = false, resume = false, disk } = request;
  const dataset = await createDataset(out, card, { force, resume, fingerprint, disk });
  const todo = wanted.filter(({ name }) => !dataset.written.has(name));
  let done = wanted.length - todo.length;
  const workers = Math.max(1, Math.min(request.workers ?? availableParallelism(), todo.length));
  const crew = openCrew<number, ForgedPicture>(new URL("./slips/slips.worker", import.meta.url), settings, workers);
  try {
    await inLanes(todo, 2 * workers, async ({ index }) => {
      await dataset.add(await crew.work(index));
      onProgress?.(++done, wanted.length);
    });
  } finally {
    await crew.close();
  }
  return { ...(await dataset.close()), engines, missingEngines: missing, ...(toy !== undefined && { toy }) };
}

/** Errors: bad-options, where an engine is unknown, or none of those named is at hand. */
async function chooseEngines(asked: readonly string[] = pinnedEngines) {
  const all = asked.includes("all");
  const named = all ? rasteriserNames : asked;
  for (const name of named) lookUp(rasterisers as never, "engine", name);
  const known = rasteriserNames.filter((name) => named.includes(name));
  const usable = await Promise.all(known.map((name) => rasterisers[name].available()));
  const engines = known.filter((_, i) => usable[i]);
  const missing = known.filter((_, i) => !usable[i]);
  if (engines.length === 0)
    throw new UserError(
      "bad-options",
      `None of the engines asked for is on this machine (${missing.join(", ")}). Install it (Chromium: set ASSAY_CHROMIUM to its program), or leave --engines out.`,
    );
  return { engines, missing };
}

function commandOf({ out, count, ratio, seed, width, options, parts }: ForgeSlips, engines: readonly string[]): string {
  const flags = [
    `--out ${basename(out)} --count ${count} --ratio ${ratio} --seed ${seed}`,
    ...(width === undefined ? [] : [`--width ${width}`]),
    ...(engines.join() === pinnedEngines.join() ? [] : [`--engines ${engines.join(",")}`]),
    ...(parts === undefined ? [] : [`--parts ${parts.join(",")}`]),
    ...(options === undefined ? [] : ["--options <file>"]),
  ];
  return `assay forge slips ${flags.join(" ")}`;
}

/** Before anything is written. */
function checkOperations({ operations: chosen }: SlipOptions): void {
  for (const [name, { options }] of Object.entries(chosen)) {
    const operation: Operation = lookUp(operations, "operation of slips", name);
    parseOptions(operation, `operation ${name}`, options);
  }
}
