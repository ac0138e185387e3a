import { cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { benchPython } from "./setup.ts";
import { type Side, type SideCommand, startSide, type Work } from "./side.ts";

export interface TrainBenchOptions {
  json: boolean;
  /** Sides of the input, in pixels. */
  sizes: readonly number[];
  batch: number;
  rounds: number;
  /** Steps of each side in a round. */
  steps: number;
  threads: number;
}

/** What one side did at one size. */
interface Measured {
  readonly name: string;
  readonly versions: string;
  /** Medians, in seconds. */
  readonly seconds: Readonly<Record<Work, number>>;
  /** After training, before any forward pass. */
  readonly peakMemoryBytes: number | null;
}

/** Before each turn the others' threads, which spin for a while when their work is done, come to rest. */
const restMilliseconds = 500;

/**
 * A whole training step (forward, backward, Adam) and a forward pass of ResNet-50 with the classic head: the same
 * network, batch and number of threads on every side, which all stay open and take turns, so that a busy moment of the
 * machine falls on everyone.
 */
export async function benchTrain(options: TrainBenchOptions): Promise<void> {
  const results = new Map<number, Measured[]>();
  for (const size of options.sizes) results.set(size, await measureSize(size, options));
  console.log(header(options, results.get(options.sizes[0]!)!));
  for (const [size, sides] of results) console.log(table(size, sides, options));
  if (options.json) console.log(JSON.stringify(asJson(results, options)));
}

async function measureSize(size: number, options: TrainBenchOptions): Promise<Measured[]> {
  const sides: Side[] = [];
  try {
    for (const command of commands(size, options)) {
      note(`${size} px: starting ${command.name}`);
      sides.push(await startSide(command));
    }
    const train = await takeTurns(sides, "train", size, options);
    const peaks = sides.map((side) => side.peakMemoryBytes());
    const forward = await takeTurns(sides, "forward", size, options);
    return sides.map(({ name, versions }, i) => ({
      name,
      versions,
      seconds: { train: train[i]!, forward: forward[i]! },
      peakMemoryBytes: peaks[i]!,
    }));
  } finally {
    await Promise.all(sides.map((side) => side.stop()));
  }
}

/** The median seconds of a step of each side, after two to warm up. */
async function takeTurns(
  sides: readonly Side[],
  work: Work,
  size: number,
  { rounds, steps }: TrainBenchOptions,
): Promise<number[]> {
  const seconds = sides.map((): number[] => []);
  for (const side of sides) {
    note(`${size} px: ${work}, ${side.name} warms up`);
    await side.run(work, 2);
  }
  for (let round = 0; round < rounds; round++) {
    note(`${size} px: ${work}, round ${round + 1} of ${rounds}`);
    for (const i of sides.keys()) {
      const turn = (i + round) % sides.length; // nobody always follows the same neighbour's warm cores
      await pause(restMilliseconds);
      seconds[turn]!.push(...(await sides[turn]!.run(work, steps)));
    }
  }
  return seconds.map(median);
}

function commands(size: number, { batch, threads }: TrainBenchOptions): SideCommand[] {
  const script = (name: string) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
  const shape = [`${size}`, `${batch}`, `${threads}`];
  const torch = benchPython("ASSAY_BENCH_PYTHON");
  const keras = benchPython("ASSAY_BENCH_PYTHON_KERAS");
  // glibc gives large blocks back to the system at once and takes them anew, page by page, in each step: forbidden.
  const environment = {
    MALLOC_MMAP_THRESHOLD_: `${2 ** 32}`,
    MALLOC_TRIM_THRESHOLD_: `${2 ** 36}`,
    MALLOC_TOP_PAD_: `${2 ** 26}`,
    TF_CPP_MIN_LOG_LEVEL: "2",
  };
  const peer = (name: string, python: string, file: string): SideCommand => ({
    name,
    command: python,
    parameters: [script(file), ...shape],
    environment,
  });
  return [
    { name: "Assay", command: process.execPath, parameters: ["--import", "tsx", script("assay.ts"), ...shape] },
    ...(torch === undefined ? [] : [peer("PyTorch", torch, "resnet50_torch.py")]),
    ...(keras === undefined ? [] : [peer("Keras", keras, "resnet50_keras.py")]),
  ];
}

function header({ batch, rounds, steps, threads }: TrainBenchOptions, sides: readonly Measured[]): string {
  const absent = ["PyTorch", "Keras"].filter((name) => !sides.some((side) => side.name === name));
  return [
    `ResNet-50 (v1) with the classic head, batch ${batch}, Adam, ${threads} threads; medians of ${rounds} rounds of ${steps} steps, in turn`,
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores; ${sides.map((side) => side.versions).join(", ")}`,
    ...(absent.length === 0 ? [] : [`Not at hand: ${absent.join(", ")} (npm run bench -- setup)`]),
  ].join("\n");
}

function table(size: number, sides: readonly Measured[], { batch }: TrainBenchOptions): string {
  const row = (...cells: string[]) => cells.map((cell, i) => (i ? cell.padStart(14) : cell.padEnd(18))).join("");
  const speed = (side: Measured, work: Work) => (batch / side.seconds[work]).toFixed(2);
  const milliseconds = (side: Measured, work: Work) => (1000 * side.seconds[work]).toFixed(0);
  const memory = ({ peakMemoryBytes: bytes }: Measured) => (bytes === null ? "-" : `${(bytes / 1e9).toFixed(2)} GB`);
  const ratio = (name: string, work: Work) => against(sides, name, work)?.toFixed(2) ?? "-";
  return [
    "",
    row(`${size} px`, "train img/s", "ms a step", "forward img/s", "ms", "peak memory"),
    ...sides.map((side) =>
      row(
        `  ${side.name}`,
        speed(side, "train"),
        milliseconds(side, "train"),
        speed(side, "forward"),
        milliseconds(side, "forward"),
        memory(side),
      ),
    ),
    ...sides.slice(1).map(({ name }) => row(`  Assay / ${name}`, ratio(name, "train"), "", ratio(name, "forward"))),
  ].join("\n");
}

function asJson(results: ReadonlyMap<number, readonly Measured[]>, { batch }: TrainBenchOptions) {
  const bySize = <T>(value: (sides: readonly Measured[]) => T) =>
    Object.fromEntries([...results].map(([size, sides]) => [size, value(sides)]));
  const figures = (work: Work) =>
    bySize((sides) => ({
      imagesPerSecond: batch / sides[0]!.seconds[work],
      vsPyTorch: against(sides, "PyTorch", work),
      vsKeras: against(sides, "Keras", work),
    }));
  return {
    schemaVersion: 1,
    train: figures("train"),
    forward: figures("forward"),
    peakMemoryBytes: bySize((sides) => sides[0]!.peakMemoryBytes),
  };
}

/** Our speed over the peer's; null where the peer is absent. */
function against([ours, ...peers]: readonly Measured[], name: string, work: Work): number | null {
  const peer = peers.find((side) => side.name === name);
  return peer === undefined ? null : peer.seconds[work] / ours!.seconds[work];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

function note(text: string): void {
  console.error(text);
}
