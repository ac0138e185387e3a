import { Command } from "commander";
import { command, flag, whole } from "./command.ts";
import type { Output } from "./output.ts";
import { ProgressBar } from "./progressBar.ts";

const groupBy = () =>
  flag(
    "--group-by <rule>",
    "column:<name>, casia, near-duplicates, or a pattern of file names with one group in brackets",
  );

export function dataCommand(): Command {
  const check = command(
    "check <dataset>",
    "counts, groups, duplicates, unreadable files, floors",
    [groupBy()],
    checkData,
  );
  const split = command(
    "split <dataset>",
    "draw the parts of a dataset and write them down",
    [
      groupBy(),
      flag("--split <kind>", "how the parts are drawn")
        .choices(["grouped", "random", "time", "given"])
        .default("grouped"),
      whole("--seed <n>", "of the draw").default(1),
    ],
    splitData,
  );
  return new Command("data").description("look at a dataset before training on it").addCommand(check).addCommand(split);
}

async function checkData(flags: { groupBy?: string }, output: Output, path: string): Promise<void> {
  const [{ readKnown }, { checkDataset }, { sharpCodec }, { formatDataCheck }, { knownFloors }] = await Promise.all([
    import("../run/knownFacts.ts"),
    import("../data/check.ts"),
    import("../image/sharpCodec.ts"),
    import("../report/dataCheck.ts"),
    import("../run/knownFloors.ts"),
  ]);
  const bar = new ProgressBar(output);
  const onProgress = (stage: string) => (done: number, of: number) =>
    bar.show(of > 0 ? done / of : 0, `${stage} ${done}/${of}`);
  const dataset = await readKnown(path, { codec: sharpCodec, onProgress: onProgress("Reading pictures"), ...flags });
  const check = await checkDataset(dataset, { onProgress: onProgress("Floors") }, knownFloors);
  bar.clear();
  output.answer({ schemaVersion: 1, ...check }, formatDataCheck(dataset, check));
  if (dataset.unreadable.length > 0) process.exitCode = 3;
}

async function splitData(
  { split, seed, ...flags }: { split: "grouped" | "random" | "time" | "given"; seed: number; groupBy?: string },
  output: Output,
  path: string,
): Promise<void> {
  const [{ readKnown }, { countLooks, openSplit }, { sharpCodec }] = await Promise.all([
    import("../run/knownFacts.ts"),
    import("../data/splitFile.ts"),
    import("../image/sharpCodec.ts"),
  ]);
  const dataset = await readKnown(path, { codec: sharpCodec, ...flags });
  const splitFile = await openSplit(dataset, { kind: split, seed });
  const { counts, naive } = splitFile.split;
  const lines = Object.entries(counts).map(([part, { real, fake }]) => `${part.padEnd(12)} ${real} real, ${fake} fake`);
  output.answer(
    {
      schemaVersion: 1,
      file: splitFile.path,
      kind: split,
      naive,
      seed,
      counts,
      testLooks: countLooks(splitFile.looks),
    },
    [`${splitFile.path}${naive ? " (naive: groups may stand in two parts)" : ""}`, ...lines].join("\n"),
  );
}
