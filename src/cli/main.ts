import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { exitCode, UserError } from "../core/errors.ts";
import { compareCommand } from "./compare.ts";
import { dataCommand } from "./data.ts";
import { detectCommand } from "./detect.ts";
import { evaluateCommand } from "./evaluate.ts";
import { exportCommand } from "./export.ts";
import { forgeCommand } from "./forge.ts";
import { listCommand } from "./list.ts";
import { quickstartCommand } from "./quickstart.ts";
import { serveCommand } from "./serve.ts";
import { trainCommand } from "./train.ts";

const { version, description } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

const program = new Command("assay")
  .description(description)
  .version(version)
  .showHelpAfterError("(assay --help lists the commands, assay <command> --help its flags)")
  .configureHelp({ showGlobalOptions: true });

for (const add of [
  detectCommand,
  trainCommand,
  evaluateCommand,
  compareCommand,
  exportCommand,
  dataCommand,
  forgeCommand,
  listCommand,
  serveCommand,
  quickstartCommand,
])
  program.addCommand(add());

/** Commander's own mistakes (unknown flag, missing argument) end with 2; help and version with 0. */
function endQuietly(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) endQuietly(child);
}
endQuietly(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.exitCode = exitCode(error);
    const known = error instanceof UserError && process.env.ASSAY_DEBUG === undefined;
    console.error(known ? error.message : error);
  }
}
