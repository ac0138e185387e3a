import type { Command } from "commander";
import { operatingPoints } from "../metrics/operatingPoints/index.ts";
import type { LayoutChoice } from "../run/chooseLayout.ts";
import { checkpointMinutes } from "../train/checkpointMinutes.ts";
import { command, decimal, flag, whole } from "./command.ts";
import type { Output } from "./output.ts";
import { TrainingView } from "./trainingView.ts";

interface Flags {
  recipe: string;
  out?: string;
  force?: boolean;
  resume?: boolean;
  groupBy?: string;
  workers?: number;
  threads?: number;
  layout?: LayoutChoice;
  checkpointEvery?: number;
  protocol?: string;
  split?: string;
  epochs?: number;
  batchSize?: number;
  learningRate?: number;
  size?: number;
  seed?: number;
  operatingPoint?: string;
  maxFpr?: number;
  costMissedFake?: number;
  costFalseAlarm?: number;
  budget?: number;
  volume?: number;
  prevalence?: string;
  patience?: number;
  accumulate?: number;
  freeze?: string;
  features?: string;
  backboneRate?: number;
  average?: number;
  weights?: string;
  imbalance?: string;
  calibration?: string;
}

export function trainCommand(): Command {
  const options = [
    flag("--recipe <name>", "a recipe of assay's, or a JSON file of one's own").default("ela-resnet50"),
    flag("--out <folder>", "run folder (default: runs/<recipe>, numbered where that is taken)"),
    flag("--force", "write over a run that stands there"),
    flag("--resume", "go on from the last checkpoint in --out"),
    flag("--protocol <name>", "what is trained, validated and calibrated on").choices(["raw", "reencoded", "rescaled"]),
    flag("--split <kind>", "how the parts are drawn").choices(["grouped", "random", "time", "given"]),
    flag(
      "--group-by <rule>",
      "column:<name>, casia, near-duplicates, or a pattern of file names with one group in brackets",
    ),
    flag("--weights <file>", "weights to start from: .safetensors with torchvision's names, or a model of assay's"),
    whole("--epochs <n>", "passes over the train split, at most"),
    whole("--batch-size <n>", "pictures a step"),
    decimal("--learning-rate <rate>", "before the schedule's factor"),
    whole("--accumulate <n>", "passes that a step's pictures are split over, for less memory"),
    flag("--freeze <stage>", "last stage of the network that does not learn; backbone: all but the head"),
    flag(
      "--features <when>",
      "of a frozen backbone: computed once and kept, or fresh in every epoch, augmented",
    ).choices(["kept", "fresh"]),
    decimal("--backbone-rate <factor>", "on the learning rate of everything but the head"),
    decimal("--average <decay>", "use an exponential moving average of the weights, such as 0.999"),
    flag("--imbalance <strategy>", "what is done about few fakes: assay list imbalance; its options: in a recipe"),
    flag("--calibration <kind>", "how logits become probabilities").choices([
      "temperature",
      "platt",
      "isotonic",
      "beta",
    ]),
    whole("--size <pixels>", "side of the network's input"),
    whole("--patience <epochs>", "epochs without improvement after which training stops"),
    flag("--operating-point <rule>", "how the threshold of the verdict fake is chosen").choices(
      Object.keys(operatingPoints),
    ),
    decimal("--max-fpr <rate>", "highest false-alarm rate of the verdict fake"),
    decimal("--cost-missed-fake <cost>", "of operating point cost: what a fake costs that is not found"),
    decimal("--cost-false-alarm <cost>", "of operating point cost: what an alarm on a genuine picture costs"),
    decimal("--budget <alarms>", "that reviewers look at among --volume pictures: of a day, say (default: 10)"),
    decimal("--volume <pictures>", "among which --budget alarms are looked at (default: 1000)"),
    flag("--prevalence <1:k>", "report test for one fake in k genuine pictures, and choose the operating point for it"),
    whole("--seed <n>", "of the split, the weights, the batches and the augmentation"),
    whole("--workers <n>", "threads that prepare pictures (default: by the number of cores)"),
    whole("--threads <n>", "threads of the network (default: all cores)"),
    flag(
      "--layout <name>",
      "kernels of the network: blocked where the machine has them (default), or portable",
    ).choices(["blocked", "portable"]),
    decimal("--checkpoint-every <minutes>", "within an epoch, beside the one at its end; 0: after every step").default(
      checkpointMinutes,
    ),
  ];
  return command("train <dataset>", "train a detector on real/ and fake/ pictures", options, train);
}

async function train(flags: Flags, output: Output, dataset: string): Promise<void> {
  const [{ trainRun }, { loadRecipe }, { formatReport }, { trainBody }] = await Promise.all([
    import("../run/trainRun.ts"),
    import("../run/recipes.ts"),
    import("../report/terminal.ts"),
    import("../run/metricsFile.ts"),
  ]);
  const { recipe: name, out, force, resume, groupBy, workers, threads, layout, checkpointEvery, ...changes } = flags;
  const recipe = await loadRecipe(name, changes);
  const view = new TrainingView(output);
  const interrupt = new AbortController();
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(130);
    output.note(
      "\nInterrupted: finishing this step, then a checkpoint for --resume and the report on the best weights so far. Press again to leave at once.",
    );
    interrupt.abort();
  };
  process.on("SIGINT", onInterrupt);
  try {
    const result = await trainRun(
      {
        dataset,
        recipe,
        command: `assay ${process.argv.slice(2).join(" ")}`,
        signal: interrupt.signal,
        ...(out === undefined ? {} : { out }),
        ...(groupBy === undefined ? {} : { groupBy }),
        ...(workers === undefined ? {} : { workers }),
        ...(threads === undefined ? {} : { threads }),
        ...(layout === undefined ? {} : { layout }),
        ...(checkpointEvery === undefined ? {} : { checkpointEvery }),
        force: force === true,
        resume: resume === true,
      },
      (event) => view.show(event),
    );
    view.end();
    output.answer(
      trainBody(result),
      `${formatReport(result.report, { colour: output.colour })}\n\nReport: ${result.folder.report}\nModel:  ${result.folder.bestModel}`,
    );
    if (result.stop === "interrupted") process.exitCode = 130;
  } finally {
    view.end();
    process.off("SIGINT", onInterrupt);
  }
}
