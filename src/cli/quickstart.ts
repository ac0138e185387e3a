import type { Command } from "commander";
import { command, flag } from "./command.ts";
import type { Output } from "./output.ts";
import { TrainingView } from "./trainingView.ts";

export function quickstartCommand(): Command {
  return command(
    "quickstart",
    "the whole way in a few minutes: make a toy set, train, report, detect",
    [flag("--out <folder>", "run folder; the pictures stand beside it, in <folder>-slips").default("runs/quickstart")],
    quickstartAll,
  );
}

async function quickstartAll({ out }: { out: string }, output: Output): Promise<void> {
  const [{ quickstart }, { formatReport }, { verdictSentence }, { detectionBody }, { trainBody }] = await Promise.all([
    import("../run/quickstart.ts"),
    import("../report/terminal.ts"),
    import("../detect/verdict.ts"),
    import("../detect/detection.ts"),
    import("../run/metricsFile.ts"),
  ]);
  const view = new TrainingView(output);
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once("SIGINT", onInterrupt);
  try {
    const result = await quickstart({ folder: out, signal: interrupt.signal }, (event) => view.show(event));
    view.end();
    const detections = result.examples.map(({ file, truth, detection }) => ({
      truth,
      ...detectionBody(file, detection),
    }));
    const lines = result.examples.flatMap(({ file, truth, detection: { verdict, probability } }) => [
      `${file} (in truth ${truth === "real" ? "genuine" : "faked"})`,
      `  ${verdictSentence[verdict]} Probability ${probability.toFixed(3)}.`,
    ]);
    output.answer(
      { ...trainBody(result), detections },
      [
        formatReport(result.report, { colour: output.colour }),
        "",
        ...lines,
        "",
        `Report: ${result.folder.report}`,
        `Page:   npm start`,
      ].join("\n"),
    );
  } finally {
    view.end();
    process.off("SIGINT", onInterrupt);
  }
}
