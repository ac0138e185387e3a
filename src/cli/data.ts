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
  const imbalance = command(
    "imbalance <dataset>",
    "a copy in which fakes are rare: thinned in train, validation and calibration, kept in test",
    [
      flag("--ratio <1:k>", "one fake for k genuine").makeOptionMandatory(),
      flag("--out <folder>", "where the dataset is written").makeOptionMandatory(),
      groupBy(),
      flag("--split <kind>", "how the parts are drawn").choices(["grouped", "time", "given"]).default("grouped"),
      whole("--seed <n>", "of the parts, and of the fakes that stay").default(1),
      flag("--force", "replace the dataset of ours that stands there"),
    ],
    imbalanceData,
  );
  const crops = command(
    "crops <dataset>",
    "a dataset of the fields of screenshots: of genuine ones some, of fakes those that were edited",
    [
      flag("--out <folder>", "where the dataset is written").makeOptionMandatory(),
      whole("--side <pixels>", "of the crops, a multiple of 8").default(128),
      whole("--per-picture <n>", "fields of a genuine picture, at most").default(5),
      whole("--seed <n>", "of the fields that are taken").default(1),
      flag("--operations <names>", "fakes made in these ways alone, with commas between them (default: all)").argParser(
        (text: string) => text.split(",").map((name) => name.trim()),
      ),
      flag("--force", "replace the dataset of ours that stands there"),
    ],
    cropData,
  );
  return new Command("data")
    .description("look at a dataset before training on it, or make one of few fakes, or of fields")
    .addCommand(check)
    .addCommand(split)
    .addCommand(imbalance)
    .addCommand(crops);
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

interface ImbalanceFlags {
  ratio: string;
  out: string;
  split: "grouped" | "time" | "given";
  seed: number;
  groupBy?: string;
  force?: boolean;
}

async function imbalanceData(flags: ImbalanceFlags, output: Output, path: string): Promise<void> {
  const { out, ratio, split: kind, seed, force = false, groupBy: rule } = flags;
  const [
    { readKnown },
    { makeImbalanced },
    { splitDataset },
    { findSplit },
    { sharpCodec },
    { parseRatio },
    { shownCommand },
  ] = await Promise.all([
    import("../run/knownFacts.ts"),
    import("../data/makeImbalanced.ts"),
    import("../data/split.ts"),
    import("../data/splitFile.ts"),
    import("../image/sharpCodec.ts"),
    import("../core/ratio.ts"),
    import("../report/shownCommand.ts"),
  ]);
  parseRatio(ratio); // before thousands of pictures are read
  const bar = new ProgressBar(output);
  const onProgress = (stage: string) => (done: number, of: number) => bar.show(done / of, `${stage} ${done}/${of}`);
  const dataset = await readKnown(path, {
    codec: sharpCodec,
    onProgress: onProgress("Reading pictures"),
    ...(rule === undefined ? {} : { groupBy: rule }),
  });
  const options = { kind, seed };
  const split = (await findSplit(dataset, options))?.split ?? splitDataset(dataset, options);
  const made = await makeImbalanced(dataset, split, {
    out,
    ratio,
    seed,
    table: path,
    force,
    command: shownCommand(`assay ${process.argv.slice(2).join(" ")}`),
    onProgress: onProgress("Placing pictures"),
  });
  bar.clear();
  const { before, after, manifestSha256, warnings } = made;
  const left = dataset.unreadable.length;
  const lines = Object.entries(after).map(([part, { real, fake }]) => {
    const was = before[part as keyof typeof before].fake;
    return `${part.padEnd(12)} ${real} real, ${fake} fake${was === fake ? "" : ` of ${was}`}`;
  });
  const notes = left > 0 ? [`${left} files could not be read and were left out.`, ...warnings] : warnings;
  output.answer(
    {
      schemaVersion: 1,
      dataset: out,
      ratio: made.ratio,
      seed,
      split: kind,
      before,
      after,
      manifestSha256,
      warnings: notes,
    },
    [
      `${out}: ${made.ratio}`,
      ...lines,
      ...notes,
      `Train on it with --split given; test is measured at ${made.ratio}.`,
    ].join("\n"),
  );
}

interface CropFlags {
  out: string;
  side: number;
  perPicture: number;
  seed: number;
  operations?: string[];
  force?: boolean;
}

async function cropData(flags: CropFlags, output: Output, path: string): Promise<void> {
  const [{ readKnown }, { makeCrops }, { sharpCodec }, { shownCommand }] = await Promise.all([
    import("../run/knownFacts.ts"),
    import("../data/makeCrops.ts"),
    import("../image/sharpCodec.ts"),
    import("../report/shownCommand.ts"),
  ]);
  const bar = new ProgressBar(output);
  const onProgress = (stage: string) => (done: number, of: number) => bar.show(done / of, `${stage} ${done}/${of}`);
  const dataset = await readKnown(path, { codec: sharpCodec, onProgress: onProgress("Reading pictures") });
  const { counts, without } = await makeCrops(dataset, {
    ...flags,
    table: path,
    codec: sharpCodec,
    command: shownCommand(`assay ${process.argv.slice(2).join(" ")}`),
    onProgress: onProgress("Cutting"),
  });
  bar.clear();
  const { out, side } = flags;
  const rest = without === 0 ? "" : ` ${without} pictures gave none: no field of theirs is known, or shows an edit.`;
  output.answer(
    { schemaVersion: 1, dataset: out, side, counts, without },
    `${out}: ${counts.real} genuine fields, ${counts.fake} edited ones, ${side} x ${side} pixels.${rest}`,
  );
}
