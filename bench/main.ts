import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { parts } from "../src/core/sample.ts";
import { benchBaselines } from "./baselines/baselines.ts";
import { benchCoefficients } from "./coefficients.ts";
import { benchCompare } from "./compare.ts";
import { benchDetect } from "./detect.ts";
import { benchEla } from "./ela.ts";
import { benchFeatures } from "./features.ts";
import { benchForge } from "./forge.ts";
import { fitGate } from "./gate/fit.ts";
import { benchGate } from "./gate/measure.ts";
import { benchImbalance } from "./imbalance.ts";
import { benchInputs } from "./inputs.ts";
import { benchKernels } from "./kernels.ts";
import { benchPitfalls } from "./pitfalls/bench.ts";
import { setup } from "./setup.ts";
import { benchTrain } from "./train.ts";

const program = new Command("bench").description("Measures Assay against what it replaces, on this machine.");

program
  .command("train")
  .description(
    "a whole training step and a forward pass of ResNet-50, in turn with PyTorch and Keras where they are at hand",
  )
  .option("--json", "end with one line of JSON", false)
  .option("--sizes <list>", "sides of the input, in pixels", sizes, [128, 224])
  .option("--batch <n>", "pictures a step", whole, 16)
  .option("--rounds <n>", "turns of each side", whole, 5)
  .option("--steps <n>", "steps a turn", whole, 3)
  .option("--threads <n>", "of each side", whole, availableParallelism())
  .action(benchTrain);

program
  .command("ela")
  .description("error level analysis of a 12-megapixel JPEG")
  .option("--json", "print one line of JSON", false)
  .action(benchEla);

program
  .command("coefficients")
  .description(
    "DCT coefficients of every JPEG in a folder, beside libjpeg's where ASSAY_BENCH_LIBJPEG names its program",
  )
  .option("--json", "print one line of JSON", false)
  .requiredOption("--data <folder>", "with JPEGs, its subfolders included")
  .action(benchCoefficients);

program
  .command("features")
  .description("features of a frozen ResNet-50 beside its bare forward pass, and an epoch of the head on kept features")
  .option("--json", "end with one line of JSON", false)
  .option("--size <pixels>", "side of the input", whole, 224)
  .option("--pictures <n>", "to extract in a round", whole, 256)
  .option("--rounds <n>", "turns of each side", whole, 3)
  .option("--vectors <n>", "of a head epoch", whole, 10_000)
  .option("--threads <n>", "of the network", whole, availableParallelism())
  .action(benchFeatures);

program
  .command("detect")
  .description("pictures a second from file to answer, one by one and all at once")
  .option("--json", "end with one line of JSON", false)
  .option("--pictures <folder>", "instead of pictures that the bench draws")
  .option("--count <n>", "pictures", whole, 96)
  .option("--model <file>", "instead of a fresh one with random weights")
  .option("--architecture <name>", "of the fresh model", "resnet50")
  .option("--size <pixels>", "of the fresh model's input", whole, 128)
  .option("--rounds <n>", "turns of each side", whole, 5)
  .action(benchDetect);

program
  .command("forge")
  .description("transfer slips drawn, forged, laundered and written, a second")
  .option("--json", "print one line of JSON", false)
  .option("--count <n>", "slips", whole, 60)
  .option("--width <pixels>", "of a slip", whole, 1080)
  .action(benchForge);

program
  .command("compare")
  .description("assay compare on made-up vectors: all strategies, from vectors to recommendation")
  .option("--json", "end with one line of JSON", false)
  .option("--vectors <n>", "both classes together", whole, 10_000)
  .option("--width <n>", "numbers of a vector", whole, 128)
  .option("--ratio <k>", "genuine vectors for each fake", whole, 10)
  .option("--seeds <n>", "repetitions", whole, 3)
  .option("--folds <n>", "of each", whole, 5)
  .action(benchCompare);

program
  .command("imbalance")
  .description("strategies on two normal distributions whose posterior is known: how far probabilities are off")
  .option("--json", "end with one line of JSON", false)
  .option("--vectors <n>", "both classes together", whole, 20_000)
  .option("--width <n>", "dimensions", whole, 8)
  .option("--distance <d>", "between the means, in deviations", Number, 2)
  .option("--ratios <list>", "genuine vectors for each fake", sizes, [10, 100])
  .option("--seeds <n>", "draws of the vectors", whole, 3)
  .action(benchImbalance);

program
  .command("inputs")
  .description("tracenet on rgb, ela, residual, dct, flat and stacks of them, the same budget for each, on validation")
  .option("--json", "end with one line of JSON", false)
  .requiredOption("--data <folder>", "forged slips with masks and a split")
  .option("--inputs <names...>", "instead of all", [])
  .option("--steps <n>", "of training", whole, 400)
  .option("--pictures <n>", "of validation that are looked at whole", wholeOrNone, 200)
  .option("--size <pixels>", "side of a crop", whole, 128)
  .option("--batch <n>", "crops of a step", whole, 32)
  .option("--per-picture <n>", "crops of every picture", whole, 4)
  .option("--levels <names...>", "of laundering, instead of all", [])
  .option("--architecture <json>", "options of tracenet", jsonObject, {})
  .option("--threads <n>", "of the network", whole, availableParallelism())
  .option("--seed <n>", "of crops and weights", whole, 1)
  .action(benchInputs);

program
  .command("baselines")
  .description("file facts and a genuine-only anomaly score, fitted and measured on forged slips")
  .option("--json", "print one line of JSON", false)
  .requiredOption("--train <dataset>", "forged slips: its train part is learnt from")
  .requiredOption("--test <dataset>", "forged slips: may be the same")
  .addOption(new Option("--part <part>", "of --test, that is measured").choices(parts).default("test"))
  .option("--limit <n>", "pictures of each class, of either part", whole, 400)
  .action(benchBaselines);

program
  .command("pitfalls")
  .description("classic mistakes with few fakes, made on purpose beside what is right: the figures of docs/pitfalls.md")
  .option("--json", "print one line of JSON", false)
  .option("--markdown", "print the tables of docs/pitfalls.md", false)
  .option("--data <dataset>", "pictures, instead of made-up vectors")
  .option("--backbone <model.onnx>", "that makes vectors of them, instead of the model that ships")
  .option("--limit <n>", "pictures of each class, instead of all", whole)
  .option("--ratio <1:k>", "one fake for k genuine pictures (made-up vectors: 1:100; pictures: 1:10)")
  .option("--seeds <n>", "how often everything is drawn", whole, 5)
  .option("--picture <file.png>", "draw the picture of docs/pitfalls.md there, and no more")
  .action(benchPitfalls);

program
  .command("kernels")
  .description("every kernel of a convolution's gradients on every shape that our networks have")
  .option("--json", "print one line of JSON", false)
  .option("--write", "keep the table by which the engine chooses", false)
  .option("--batch <n>", "pictures", whole, 16)
  .option("--rounds <n>", "turns of each kernel", whole, 8)
  .option("--threads <n>", "of each", whole, availableParallelism())
  .action(benchKernels);

program
  .command("gate")
  .description("which screens the gate lets in, which photographs it keeps out, and in what time")
  .option("--json", "print one line of JSON", false)
  .option("--photos <folders...>", "pictures that are no screenshots", [])
  .option("--screens <folders...>", "screenshots", [])
  .action(benchGate);

program
  .command("gate-fit")
  .description("fits the gate's coefficients (src/detect/gateModel.ts), on these pictures and on drawn ones")
  .requiredOption("--photos <folders...>", "pictures that are no screenshots")
  .requiredOption("--screens <folders...>", "screenshots")
  .option("--each <n>", "copies of each picture, every one with a history of its own", whole, 3)
  .option("--drawn <n>", "drawings of each kind", whole, 40)
  .option("--seed <n>", "everything is drawn from it", whole, 1)
  .action(fitGate);

program.command("setup").description("makes bench/.venv with PyTorch, TensorFlow and Pillow, by pip").action(setup);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`Expected a whole number above 0.`);
  return value;
}

function wholeOrNone(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError(`Expected a whole number, 0 for none, got "${text}".`);
  return value;
}

function jsonObject(text: string): Record<string, unknown> {
  const wanted = `Expected options as JSON, such as '{"channels":[0,16,32,64]}' (docs/methods/tracenet.md)`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidArgumentError(`${wanted}: ${cause instanceof Error ? cause.message : cause}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new InvalidArgumentError(`${wanted}.`);
  return value as Record<string, unknown>;
}

function sizes(text: string): number[] {
  return text.split(",").map(whole);
}
