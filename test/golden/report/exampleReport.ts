import sharp from "sharp";
import { showRatio } from "../../../src/core/ratio.ts";
import { createRng, type Rng } from "../../../src/core/rng.ts";
import { baselinesAt } from "../../../src/metrics/baselines.ts";
import { measure, measureProbabilities, usualBudget } from "../../../src/metrics/measure.ts";
import type { Scores } from "../../../src/metrics/scores.ts";
import { wilson } from "../../../src/metrics/wilson.ts";
import type { Mistake, ProtocolResult, ReportData } from "../../../src/report/reportData.ts";
import { scores } from "../metrics/madeUpScores.ts";

/** A made-up run with the shape of one on CASIA v1: strong on raw files, weak once their history is gone. */
export async function exampleReport(): Promise<ReportData> {
  const rng = createRng("example report");
  const thresholds = {
    real: 0.24,
    fake: 0.71,
    bestAccuracy: 0.52,
    maxFpr: 0.01,
    falseAlarmRate: wilson(1, 104),
    recall: wilson(60, 110),
    missedBelow: wilson(5, 110),
  };
  const strengths = { raw: 3.1, reencoded: 1.7, rescaled: 0.9 } as const;
  const floors = { raw: [0.997, 0.988], reencoded: [0.61, 0.58], rescaled: [0.54, 0.52] } as const;
  const results = (["raw", "reencoded", "rescaled"] as const).map((protocol): ProtocolResult => {
    const around = (value: number) => ({ value, low: value - 0.04, high: Math.min(1, value + 0.04), n: 258 });
    return {
      ...resultOf(protocol, madeUpScores(rng.fork(protocol), strengths[protocol]), thresholds),
      floors: {
        file: { rocAuc: around(floors[protocol][0]), accuracy: around(floors[protocol][0] - 0.02) },
        history: { rocAuc: around(floors[protocol][1]) },
      },
    };
  });
  return {
    title: "ela-resnet50 on casia-v1",
    createdAt: "2026-11-20T20:15:00.000Z",
    assayVersion: "0.1.0",
    command: "assay train data/casia-v1 --recipe ela-resnet50 --split grouped",
    recipe: {
      name: "ela-resnet50",
      representation: { name: "ela", options: { quality: 90, scale: "fixed", gain: 15 } },
      architecture: { name: "resnet50", options: {} },
      epochs: 30,
      batchSize: 16,
      learningRate: 0.0003,
      seed: 1,
    },
    dataset: {
      name: "casia-v1",
      counts: { real: 800, fake: 921 },
      groups: 1043,
      groupedBy: "CASIA names",
      duplicates: 2,
      unreadable: [
        {
          path: "fake/Sp_D_<broken>.jpg",
          error: "The file ends in the middle of a JPEG scan (byte 18,204 of about 51,000).",
        },
      ],
      manifestSha256: "9f2c61d0c3f54f2a8f0b3f5b6ad35d0f1c7e1b9b6d0b4a58e1d3c2b1a0f9e8d7",
    },
    split: {
      kind: "grouped",
      naive: false,
      seed: 1,
      counts: {
        train: { real: 520, fake: 599 },
        validation: { real: 96, fake: 110 },
        calibration: { real: 64, fake: 74 },
        test: { real: 120, fake: 138 },
      },
      looks: 3,
    },
    training: {
      epochs: Array.from({ length: 17 }, (_, epoch) => ({
        epoch,
        loss: 0.28 + 0.45 * Math.exp(-epoch / 5) + 0.01 * rng.normal(),
        accuracy: 0.9 - 0.36 * Math.exp(-epoch / 5) + 0.01 * rng.normal(),
        validationLoss: 0.5 + 0.25 * Math.exp(-epoch / 3) + 0.006 * Math.max(0, epoch - 11) + 0.015 * rng.normal(),
        validationAccuracy: 0.78 - 0.22 * Math.exp(-epoch / 4) + 0.012 * rng.normal(),
        learningRate: 0.0003,
        seconds: 61,
      })),
      bestEpoch: 11,
      stoppedBecause: "No improvement of validationLoss for 5 epochs; the best was epoch 12.",
      seconds: 1043,
    },
    trainedOn: "reencoded",
    calibration: { kind: "temperature", priorShift: 0, parameters: { temperature: 1.31 } },
    thresholds,
    results,
    mistakes: await mistakes(rng),
    contactSheet: await picture(640, 200, 7),
    machine: "2 cores, Node 20.20.2, linux-x64",
  };
}

/** Scores measured as a run measures them, with no floors. */
export function resultOf(
  protocol: ProtocolResult["protocol"],
  scores: Scores,
  thresholds: { readonly real?: number; readonly fake: number; readonly bestAccuracy: number },
): ProtocolResult {
  const options = { rng: createRng(protocol), replicates: 300 };
  const unmeasured = { undefinedBecause: "floors were not measured" };
  const fake = scores.labels.reduce((sum, label) => sum + label, 0);
  const share = fake / Math.max(1, scores.labels.length);
  // Before its calibration the network was too sure of itself.
  const raw = {
    ...scores,
    probabilities: scores.probabilities.map((p) => p ** 5 / (p ** 5 + (1 - p) ** 5)),
  };
  return {
    protocol,
    scores,
    prevalence: {
      share,
      ...(fake > 0 && { ratio: showRatio((scores.labels.length - fake) / fake) }),
      from: "pictures",
    },
    thresholds: { real: thresholds.real ?? 0, fake: thresholds.fake },
    baselines: baselinesAt(share),
    beforeCalibration: { raw: measureProbabilities(raw, options), scores: raw },
    budget: usualBudget,
    atFake: measure(scores, { threshold: thresholds.fake, ...options }),
    atBestAccuracy: measure(scores, { threshold: thresholds.bestAccuracy, ...options }),
    floors: { file: { accuracy: unmeasured, rocAuc: unmeasured } },
  };
}

/** 120 real and 138 fake pictures, two a group. */
function madeUpScores(rng: Rng, strength: number) {
  const labels = Array.from({ length: 258 }, (_, i) => (i < 120 ? 0 : 1));
  const logits = labels.map((label) => 0.1 + strength * (label - 0.5) * 1.4 + 1.1 * rng.normal());
  const groups = labels.map((_, i) => `group ${Math.floor(i / 2)}`);
  return scores(
    "test",
    labels,
    logits.map((z) => 1 / (1 + Math.exp(-z))),
    groups,
  );
}

async function mistakes(rng: Rng): Promise<Mistake[]> {
  const shapes = [
    [160, 120],
    [120, 160],
    [160, 107],
    [90, 160],
    [160, 160],
    [160, 90],
    [120, 160],
    [160, 110],
  ] as const;
  return Promise.all(
    shapes.map(async ([width, height], i) => ({
      path: i % 2 === 0 ? `fake/Sp_D_NNN_A_art00${i}_sec00${i}_<0${i}>.jpg` : `real/Au_ani_000${i}.jpg`,
      label: i % 2 === 0 ? ("fake" as const) : ("real" as const),
      probability: i % 2 === 0 ? 0.02 + 0.03 * i : 0.97 - 0.03 * i,
      thumbnail: await picture(width, height, rng.integer(1000)),
    })),
  );
}

/** Soft coloured waves: something to look at that nobody owns. */
async function picture(width: number, height: number, seed: number): Promise<Uint8Array> {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        data[(y * width + x) * 3 + c] =
          128 + 90 * Math.sin(x / (19 + c * 7) + seed + c) * Math.cos(y / (23 - c * 3) + seed / 3);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
}
