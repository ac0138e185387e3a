import type { Command } from "commander";
import { UserError } from "../core/errors.ts";
import { parseRatio } from "../core/ratio.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { command, decimal, flag, whole } from "./command.ts";
import type { Output } from "./output.ts";
import { duration, ProgressBar } from "./progressBar.ts";

interface Flags {
  imbalance?: string;
  ratios: string;
  seeds: number;
  folds: number;
  backbone?: string;
  full?: boolean;
  recipe?: string;
  calibration: "temperature" | "platt" | "isotonic" | "beta";
  maxFpr: number;
  budget: number;
  protocol?: ProtocolName;
  groupBy?: string;
  limit?: number;
  out?: string;
  force?: boolean;
  resume?: boolean;
  workers?: number;
}

export function compareCommand(): Command {
  const options = [
    flag("--imbalance <names>", "strategies, with commas between them (default: all; none is always among them)"),
    flag("--ratios <list>", "1:k, one fake for k genuine pictures, with commas between them").default("1:10,1:100"),
    whole("--seeds <n>", "repetitions, each with folds, fakes and weights of its own").default(3),
    whole("--folds <n>", "parts that are judged in turn by models that did not see them").default(5),
    flag(
      "--backbone <model>",
      "a model of assay's, trained on other pictures, whose network makes the vectors (default: the one that ships)",
    ),
    flag(
      "--full",
      "train whole networks by --recipe, not heads on vectors: a run for each strategy, ratio, seed and fold",
    ),
    flag("--recipe <name>", "with --full: a recipe of assay's, or a JSON file of one's own"),
    flag("--calibration <name>", "how logits become probabilities, on the calibration part")
      .choices(["temperature", "platt", "isotonic", "beta"])
      .default("temperature"),
    decimal("--max-fpr <rate>", "highest false-alarm rate of the verdict fake").default(0.01),
    decimal("--budget <n>", "alarms of a thousand pictures that reviewers can look at").default(10),
    flag("--protocol <name>", "how the pictures are seen (default: as the backbone was trained)").choices([
      "raw",
      "reencoded",
      "rescaled",
    ]),
    flag(
      "--group-by <rule>",
      "column:<name>, casia, near-duplicates, or a pattern of file names with one group in brackets",
    ),
    whole("--limit <n>", "at most n pictures of each class, always the same"),
    flag("--out <folder>", "for compare.json and compare.html (default: runs/compare-<dataset>, numbered where taken)"),
    flag("--force", "write over a comparison that stands there"),
    flag("--resume", "go on with the comparison in --out; nothing that was trained is trained again"),
    whole("--workers <n>", "threads that prepare pictures and train (default: one a core, at most 8)"),
  ];
  return command("compare <dataset>", "compare what to do about few fakes, on your own pictures", options, compareAll);
}

async function compareAll(flags: Flags, output: Output, dataset: string): Promise<void> {
  const [{ compare }, { formatComparison }] = await Promise.all([
    import("../study/compareRun.ts"),
    import("../report/compare/terminal.ts"),
  ]);
  const { imbalance, ratios, full = false, recipe, ...rest } = flags;
  if (full !== (recipe !== undefined))
    throw new UserError(
      "usage",
      full
        ? "--full trains whole networks: which? Name a recipe, such as --recipe ela-smallcnn."
        : "--recipe is of --full. Without it heads are trained on the vectors of a --backbone.",
    );
  const bar = new ProgressBar(output);
  const interrupt = new AbortController();
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(130);
    output.note("\nInterrupted: finishing what is in work. --resume goes on from there. Press again to leave at once.");
    interrupt.abort();
  };
  process.on("SIGINT", onInterrupt);
  try {
    const { data, folder } = await compare(
      {
        dataset,
        ...rest,
        ...(recipe === undefined ? {} : { full: recipe }),
        ratios: names(ratios).map((text) => parseRatio(text)),
        ...(imbalance === undefined ? {} : { imbalance: names(imbalance) }),
        command: commandLine(),
        signal: interrupt.signal,
      },
      {
        onProgress: progress(bar, output),
        onNote: (sentence) => {
          bar.clear();
          output.note(sentence);
        },
      },
    );
    bar.clear();
    output.answer(data, `${formatComparison(data, { colour: output.colour })}\n\nReport: ${folder.report}`);
  } finally {
    bar.clear();
    process.off("SIGINT", onInterrupt);
  }
}

/** Without the flags that say how to start: a comparison that went on is the same comparison. */
function commandLine(): string {
  const words = process.argv.slice(2).filter((word) => word !== "--resume" && word !== "--force");
  return `assay ${words.join(" ")}`;
}

function names(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Between two lines where there is no terminal for a bar. */
const secondsBetweenLines = 30;

/** How far, and how long it still takes, reckoned from each stage's own start. */
function progress(bar: ProgressBar, output: Output): (stage: string, done: number, of: number) => void {
  let [name, start, first, told] = ["", performance.now(), 0, performance.now()];
  return (stage, done, of) => {
    const now = performance.now();
    if (stage !== name) [name, start, first] = [stage, now, done];
    const seconds = (now - start) / 1000;
    const fresh = done - first;
    const left = fresh > 0 && seconds > 3 ? `, ${duration((seconds / fresh) * (of - done))} left` : "";
    const line = `${stage} ${done}/${of}${left}`;
    bar.show(of > 0 ? done / of : 0, line);
    if (process.stderr.isTTY === true || now - told < 1000 * secondsBetweenLines) return;
    told = now;
    output.note(line);
  };
}
