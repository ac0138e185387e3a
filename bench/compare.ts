import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { showEstimate } from "../src/core/estimate.ts";
import { imbalance } from "../src/imbalance/index.ts";
import { headLearner } from "../src/study/headLearner.ts";
import { chooseStrategy } from "../src/study/job.ts";
import { openJournal } from "../src/study/journal.ts";
import { runStudy } from "../src/study/study.ts";
import { syntheticTable } from "../src/study/syntheticTable.ts";

export interface CompareBenchOptions {
  readonly json: boolean;
  readonly vectors: number;
  readonly width: number;
  readonly ratio: number;
  readonly seeds: number;
  readonly folds: number;
}

/** To reach, on two cores. */
const mostSeconds = 600;

/** The whole comparison of all strategies, from vectors to recommendation and learning curves, on made-up vectors. */
export async function benchCompare({ json, vectors, width, ratio, seeds, folds }: CompareBenchOptions): Promise<void> {
  const fake = Math.round(vectors / (1 + ratio));
  const table = syntheticTable({ real: vectors - fake, fake, width, told: 16, distance: 1.8, seed: "bench" });
  const folder = await mkdtemp(join(tmpdir(), "assay-bench-"));
  const journal = await openJournal(join(folder, "jobs.jsonl"), "bench");
  /** When each stage began. */
  const stages = new Map<string, number>();
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    const { ratios } = await runStudy(
      table.samples,
      headLearner(table, folds),
      {
        strategies: Object.keys(imbalance).map((name) => chooseStrategy(name)),
        ratios: [ratio],
        seeds: Array.from({ length: seeds }, (_, i) => i + 1),
        folds,
        calibration: "temperature",
        maxFpr: 0.01,
        budget: 10,
        onProgress: (stage) => void (stages.has(stage) || stages.set(stage, seconds())),
      },
      journal,
    );
    const { user, system } = process.cpuUsage();
    const cpuSeconds = (user + system) / 1e6;
    const result = { vectors, width, ratio, seeds, folds, heads: journal.done.size, seconds: seconds(), cpuSeconds };
    if (json) {
      console.log(JSON.stringify({ schemaVersion: 1, compare: result }));
      return;
    }
    console.log(
      `${Object.keys(imbalance).length} strategies, ${seeds} seeds, ${folds} folds, made-up vectors: ${vectors.toLocaleString("en")} of ${width} numbers at 1:${ratio} (${cpus()[0]?.model}, ${availableParallelism()} cores)`,
    );
    const begun = [...stages, ["", result.seconds] as const];
    for (const [i, [stage, from]] of [...stages].entries())
      console.log(`  ${stage.padEnd(28)} ${(begun[i + 1]![1] - from).toFixed(0)} s`);
    console.log(
      `  ${`all, ${result.heads} heads`.padEnd(28)} ${result.seconds.toFixed(0)} s, ${cpuSeconds.toFixed(0)} s of a core (to reach: below ${mostSeconds} s on two idle cores)`,
    );
    for (const { name, metrics, cost } of ratios[0]!.strategies)
      console.log(
        `  ${name.padEnd(17)} PR-AUC ${showEstimate(metrics.prAuc)}   ${cost.trainSeconds.toFixed(2)} s a model of ${cost.members.toFixed(0)}`,
      );
    console.log(`  ${ratios[0]!.recommended.why}`);
  } finally {
    await journal.close();
    await rm(folder, { recursive: true });
  }
}
