import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { UserError, unknownName } from "../core/errors.ts";
import { type Part, parts } from "../core/sample.ts";
import { command, flag, whole } from "./command.ts";
import type { Output } from "./output.ts";
import { ProgressBar } from "./progressBar.ts";

interface Flags {
  out: string;
  count: number;
  ratio: string;
  seed: number;
  width?: number;
  engines?: string[];
  parts?: Part[];
  options?: string;
  force?: boolean;
  resume?: boolean;
}

export function forgeCommand(): Command {
  const slips = command(
    "slips",
    "draw transfer slips of invented banks, and fakes of them, with masks",
    [
      flag("--out <folder>", "where the dataset is written").makeOptionMandatory(),
      whole("--count <n>", "pictures, genuine and fake together").default(20_000),
      flag("--ratio <1:k>", "one fake for k genuine").default("1:10"),
      whole("--seed <n>", "everything is drawn from it").default(1),
      whole("--width <pixels>", "of the slips (default: each phone's own)"),
      list("--engines <names>", "programs that draw text, or all (default: canvas,outline,supersampled,pango)"),
      list("--parts <names>", "write the pictures of these parts alone: train,validation,calibration,test"),
      flag("--options <file>", "JSON: operations and their weights, shares, laundering (docs/methods/slips.md)"),
      flag("--force", "write over a dataset of ours that stands there"),
      flag("--resume", "go on with what an interrupted run has left"),
    ],
    forgeSlipsCommand,
  );
  return new Command("forge").description("make pictures whose truth is known").addCommand(slips);
}

async function forgeSlipsCommand({ options: file, parts: partNames, ...flags }: Flags, output: Output): Promise<void> {
  const { forgeSlips } = await import("../forge/dataset.ts");
  const bar = new ProgressBar(output);
  const start = performance.now();
  let [first, last] = [0, 0];
  const forged = await forgeSlips({
    ...flags,
    ...(file !== undefined && { options: await readOptions(file) }),
    ...(partNames !== undefined && { parts: partNames.map(partOf) }),
    onProgress: (done, of) => {
      if (first === 0) first = done;
      last = done;
      bar.show(done / of, `slips ${done}/${of}`);
    },
  });
  bar.clear();
  const { counts, manifestSha256, engines, missingEngines } = forged;
  const slipsPerSecond = first === 0 ? 0 : ((last - first + 1) * 1000) / (performance.now() - start);
  if (missingEngines.length > 0)
    output.note(`Not on this machine, so not used: ${missingEngines.join(", ")}. Used: ${engines.join(", ")}.`);
  output.answer(
    { schemaVersion: 1, dataset: flags.out, counts, engines, manifestSha256, slipsPerSecond },
    `${flags.out}: ${counts.real} genuine slips, ${counts.fake} fakes with masks, ${slipsPerSecond.toFixed(1)} slips/s.`,
  );
}

function partOf(name: string): Part {
  const part = parts.find((known) => known === name);
  if (part === undefined) throw unknownName("part", name, parts);
  return part;
}

async function readOptions(file: string): Promise<object> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UserError("not-found", `Cannot read ${file}: give a JSON file with the slips' options.`, { cause });
  });
  let options: unknown;
  try {
    options = JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "";
    throw new UserError("bad-options", `${file} is no JSON (${message}). See docs/methods/slips.md for its keys.`, {
      cause,
    });
  }
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw new UserError("bad-options", `${file} holds no JSON object {…}. See docs/methods/slips.md for its keys.`);
}

function list(flags: string, description: string) {
  return flag(flags, description).argParser((text: string) => text.split(",").map((name) => name.trim()));
}
