import type { Command } from "commander";
import type { ProtocolName } from "../data/protocols.ts";
import { command, flag, whole } from "./command.ts";
import type { Output } from "./output.ts";
import { ProgressBar } from "./progressBar.ts";

interface Flags {
  protocol?: ProtocolName;
  part?: "test" | "validation" | "all";
  groupBy?: string;
  workers?: number;
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
    whole("--workers <n>", "threads that prepare pictures (default: by the number of cores)"),
  ];
  return command("evaluate <model> <dataset>", "measure a model on a dataset", options, evaluate);
}

async function evaluate(flags: Flags, output: Output, model: string, dataset: string): Promise<void> {
  const [{ evaluateRun }, { formatEvaluation }] = await Promise.all([
    import("../run/evaluateRun.ts"),
    import("../report/terminal.ts"),
  ]);
  const bar = new ProgressBar(output);
  const body = await evaluateRun({
    model,
    dataset,
    ...flags,
    onProgress: (stage, done, of) => bar.show(of > 0 ? done / of : 0, `${stage} ${done}/${of}`),
  });
  bar.clear();
  output.answer(body, formatEvaluation(body));
}
