import type { Command } from "commander";
import { UserError } from "../core/errors.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { command, decimal, flag, whole } from "./command.ts";
import type { Output } from "./output.ts";
import { duration, ProgressBar } from "./progressBar.ts";

interface Flags {
  protocol?: ProtocolName;
  part?: "test" | "validation" | "all";
  groupBy?: string;
  workers?: number;
  limit?: number;
  scores?: string;
  robustness?: boolean;
  out?: string;
  force?: boolean;
  prevalence?: string;
  budget?: number;
  volume?: number;
}

export function evaluateCommand(): Command {
  const options = [
    flag("--protocol <name>", "how the pictures are seen (default: as the model was trained)").choices([
      "raw",
      "reencoded",
      "rescaled",
    ]),
    flag("--part <part>", "default: test where a split of this dataset exists, else all").choices([
      "test",
      "validation",
      "all",
    ]),
    flag(
      "--group-by <rule>",
      "column:<name>, casia, near-duplicates, or a pattern of file names with one group in brackets",
    ),
    whole("--limit <n>", "at most n pictures of each class, always the same (default: all; 100 with --robustness)"),
    flag(
      "--prevalence <1:k>",
      "report for one fake in k genuine pictures (default: the dataset's own ratio, else the pictures as they are)",
    ),
    decimal("--budget <alarms>", "that reviewers look at among --volume pictures, for recall at a budget").default(10),
    decimal("--volume <pictures>", "among which --budget alarms are looked at").default(1000),
    flag("--scores <file>", "write one JSON line a picture there: label, logit, probability, facts"),
    flag("--robustness", "the ladder of blur, noise, JPEG, resize, crop and messengers, as a table and a plot"),
    flag("--out <folder>", "with --robustness: where robustness.json and .png go (default: the model's run folder)"),
    flag("--force", "write over files that are there"),
    whole("--workers <n>", "threads that prepare pictures (default: by the number of cores)"),
  ];
  return command("evaluate <model> <dataset>", "measure a model on a dataset", options, evaluate);
}

async function evaluate(flags: Flags, output: Output, model: string, dataset: string): Promise<void> {
  const { robustness = false, out, scores, prevalence, budget, volume, ...rest } = flags;
  if (out !== undefined && !robustness)
    throw new UserError("usage", "--out is of --robustness. For the scores of an evaluation: --scores <file>.");
  if (scores !== undefined && robustness)
    throw new UserError("usage", "--scores is of an evaluation without --robustness, which answers for every rung.");
  if (prevalence !== undefined && robustness)
    throw new UserError(
      "usage",
      "--prevalence is of an evaluation without --robustness, whose figures are the same at every prevalence.",
    );
  const bar = new ProgressBar(output);
  const request = { model, dataset, ...rest, onProgress: progress(bar) };
  const { formatEvaluation, formatLadder } = await import("../report/terminal.ts");
  if (robustness) {
    const { robustnessRun } = await import("../run/robustnessRun.ts");
    const body = await robustnessRun({ ...request, ...(out === undefined ? {} : { out }) });
    bar.clear();
    return output.answer(body, formatLadder(body));
  }
  const { evaluateRun } = await import("../run/evaluateRun.ts");
  const body = await evaluateRun({
    ...request,
    ...(scores === undefined ? {} : { scores }),
    ...(prevalence === undefined ? {} : { prevalence }),
    ...(budget === undefined ? {} : { budget }),
    ...(volume === undefined ? {} : { volume }),
  });
  bar.clear();
  output.answer(body, formatEvaluation(body));
}

/** A bar with the time that is left, reckoned from each stage's own start; rungs of a ladder are one stage. */
function progress(bar: ProgressBar): (stage: string, done: number, of: number) => void {
  let [start, last, lastOf] = [performance.now(), 0, 0];
  return (stage, done, of) => {
    if (done < last || of !== lastOf) start = performance.now();
    [last, lastOf] = [done, of];
    const seconds = (performance.now() - start) / 1000;
    const left = done > 0 && seconds > 5 ? `, ${duration((seconds / done) * (of - done))} left` : "";
    bar.show(of > 0 ? done / of : 0, `${stage} ${done}/${of}${left}`);
  };
}
