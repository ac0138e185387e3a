import { Command, InvalidArgumentError, Option } from "commander";
import { createOutput, type Output, type OutputFlags } from "./output.ts";
import { applyProjectFile } from "./projectFile.ts";

/** A command of ours: the common flags, the environment, the project file; then parse, call, print. */
export function command<A extends unknown[], F extends object>(
  usage: string,
  summary: string,
  options: readonly Option[],
  run: (flags: F, output: Output, ...args: A) => Promise<void>,
): Command {
  const result = new Command(usage.split(" ")[0]).description(summary);
  for (const argument of usage.split(" ").slice(1)) result.argument(argument);
  for (const option of [...options, ...commonFlags()]) {
    if (option.envVar === undefined) option.env(`ASSAY_${constantCase(option.attributeName())}`);
    result.addOption(option);
  }
  return result.action(async (...values: unknown[]) => {
    const args = values.slice(0, -2) as A;
    applyProjectFile(result);
    const flags = result.opts<F & OutputFlags>();
    await run(flags, createOutput(flags), ...args);
  });
}

function commonFlags(): Option[] {
  return [
    new Option("--json", "print JSON, one object a line"),
    new Option("--quiet", "no progress and no notes"),
    new Option("--no-color", "no colour, also where stdout is a terminal"),
    new Option("--config <file>", "project file (default: assay.json where it stands)"),
  ];
}

export function flag(flags: string, description: string): Option {
  return new Option(flags, description);
}

/** A flag that takes a whole number. */
export function whole(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError(`Expected a whole number, got "${text}".`);
    return value;
  });
}

/** A flag that takes a number. */
export function decimal(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value))
      throw new InvalidArgumentError(`Expected a number, got "${text}".`);
    return value;
  });
}

function constantCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
