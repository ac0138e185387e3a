import { Command } from "commander";
import { command, flag, whole } from "./command.ts";
import type { Output } from "./output.ts";
import { ProgressBar } from "./progressBar.ts";

interface Flags {
  out: string;
  count: number;
  ratio: string;
  seed: number;
  width?: number;
  force?: boolean;
}

export function forgeCommand(): Command {
  const slips = command(
    "slips",
    "draw transfer slips of invented banks, and fakes of them, with masks",
    [
      flag("--out <folder>", "where the dataset is written").makeOptionMandatory(),
      whole("--count <n>", "pictures, genuine and fake together").default(400),
      flag("--ratio <1:k>", "one fake for k genuine").default("1:1"),
      whole("--width <pixels>", "of the slips"),
      whole("--seed <n>", "everything is drawn from it").default(1),
      flag("--force", "write over a dataset of ours that stands there"),
    ],
    forgeSlipsCommand,
  );
  return new Command("forge").description("make pictures whose truth is known").addCommand(slips);
}

async function forgeSlipsCommand(flags: Flags, output: Output): Promise<void> {
  const { forgeSlips } = await import("../forge/dataset.ts");
  const bar = new ProgressBar(output);
  const { counts, toy } = await forgeSlips({
    ...flags,
    force: flags.force === true,
    onProgress: (done, of) => bar.show(done / of, `slips ${done}/${of}`),
  });
  bar.clear();
  output.answer(
    { schemaVersion: 1, dataset: flags.out, counts },
    `${flags.out}: ${counts.real} genuine slips, ${counts.fake} fakes with masks.${toy === undefined ? "" : ` ${toy}`}`,
  );
}
