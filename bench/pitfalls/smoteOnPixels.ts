import { labelsOf, type Sample, type Samples } from "../../src/core/sample.ts";
import { openBackbone } from "../../src/features/backbone.ts";
import type { Pixels } from "../../src/image/codec.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { imbalance } from "../../src/imbalance/index.ts";
import { type Plan, shiftOf } from "../../src/imbalance/plan.ts";
import { averagePrecision, recallAtFpr, rocAuc } from "../../src/metrics/curves.ts";
import { residual } from "../../src/representations/residual.ts";
import { headLogits, scaled, scaleOf } from "../../src/study/head.ts";
import { openHeadTraining } from "../../src/study/headTraining.ts";
import { makeRows } from "../../src/study/rowStream.ts";
import { drawCrop, side } from "./crops.ts";
import { lower, type Pitfall } from "./pitfall.ts";
import { numberOf, rankedAt, sigmoids } from "./scoring.ts";

/** Crops of each part; their fakes are as rare in test by weight. */
const counts = { train: { real: 400, fake: 20 }, validation: { real: 200, fake: 10 }, test: { real: 200, fake: 100 } };
const realPerFake = counts.train.real / counts.train.fake;
const neighbours = 5;

/** Wrong: SMOTE mixes pixels. Right: it mixes what the network makes of them, or fakes are repeated. */
export const smoteOnPixels: Pitfall = {
  title: "SMOTE on pixels",
  ownPictures: true,
  async show({ rng, recipe }) {
    const drawn = async <S extends keyof typeof counts>(part: S) => {
      const samples = samplesOf(part) as unknown as Samples<S>;
      const crops = await Promise.all(
        samples.map(({ sha256, label }) => drawCrop(label === "fake", rng.fork(sha256), codec)),
      );
      return { samples, crops, vectors: await vectorsOf(crops) };
    };
    const [train, validation, test] = [await drawn("train"), await drawn("validation"), await drawn("test")];
    const { width } = train.vectors;
    const training = openHeadTraining(width, recipe);

    async function measured(plan: Plan, made: readonly Pixels[] = []) {
      const extra = made.map((_, i): Sample => ({ ...train.samples[0]!, path: `mixture/${i}`, label: "fake" }));
      const samples = [...train.samples, ...extra] as unknown as Samples<"train">;
      const mixed = (await vectorsOf(made)).values;
      const values = Float32Array.from([...train.vectors.values, ...mixed]);
      const scale = scaleOf(
        train.vectors.values,
        width,
        train.samples.map((_, i) => i),
      );
      const scaledAll = (of: Float32Array) =>
        scaled(
          of,
          width,
          Array.from({ length: of.length / width }, (_, i) => i),
          scale,
        );
      const { head } = await training.train({
        train: samples,
        x: scaledAll(values),
        plan,
        member: plan,
        validation: { x: scaledAll(validation.vectors.values), labels: labelsOf(validation.samples) },
        scale,
        rng: rng.fork("head"),
      });
      const logits = headLogits(
        head,
        recipe.units,
        test.vectors.values,
        width,
        test.samples.map((_, i) => i),
      );
      const ranked = rankedAt(test.samples, sigmoids(logits), realPerFake);
      return {
        rocAuc: numberOf(rocAuc(ranked)),
        prAuc: numberOf(averagePrecision(ranked)),
        recall: numberOf(recallAtFpr(ranked, 0.01)),
      };
    }

    try {
      const { real, fake } = counts.train;
      const mixtures = mixPixels(train.samples, train.crops, real, rng.fork("mixtures"));
      const moved = shiftOf({ real, fake: real }, { real, fake });
      const pixels = await measured({ priorShift: moved }, mixtures);
      const features = await measured(imbalance.smote.plan(train.samples, { neighbours, fakePerReal: 1 }));
      const repeated = await measured(
        imbalance.oversample.plan(train.samples, { fakePerReal: 1, augmentRepeats: false }),
      );
      return [
        lower("ROC-AUC, beside SMOTE on features", pixels.rocAuc, features.rocAuc),
        lower("PR-AUC, beside SMOTE on features", pixels.prAuc, features.prAuc),
        lower("Recall at 1 % false alarms, beside SMOTE on features", pixels.recall, features.recall),
        lower("ROC-AUC, beside repeated fakes", pixels.rocAuc, repeated.rocAuc),
        lower("PR-AUC, beside repeated fakes", pixels.prAuc, repeated.prAuc),
      ];
    } finally {
      await training.release();
    }
  },
};

function samplesOf(part: keyof typeof counts): Sample[] {
  return (["real", "fake"] as const).flatMap((label) =>
    Array.from({ length: counts[part][label] }, (_, i): Sample => {
      const path = `${part}/${label}/${i}`;
      return { path, sha256: path, label, group: path };
    }),
  );
}

/** The very function that mixes vectors, given pixels. */
function mixPixels(
  samples: Samples<"train">,
  crops: readonly Pixels[],
  fake: number,
  rng: Parameters<typeof makeRows>[4],
) {
  const width = 3 * side * side;
  const x = new Float32Array(crops.length * width);
  for (const [i, { data }] of crops.entries()) x.set(data, i * width);
  const made = makeRows(samples, x, width, { name: "smote", neighbours, fake }, rng);
  return Array.from({ length: made.length / width }, (_, i): Pixels => {
    const data = Uint8Array.from(made.subarray(i * width, (i + 1) * width), Math.round);
    return { width: side, height: side, channels: 3, data };
  });
}

/** A crop has no file. */
const unsaved = { sha256: "", bytes: new Uint8Array(0), format: "png", orientation: 1, warnings: [] } as const;

/** What the architecture `logistic` makes of residuals before its last layer   // [crops, width] */
async function vectorsOf(crops: readonly Pixels[]): Promise<{ readonly width: number; readonly values: Float32Array }> {
  const options = residual.options.parse({});
  const channels = residual.channels(options);
  const area = channels * side * side;
  const x = new Float32Array(crops.length * area);
  for (const [i, pixels] of crops.entries())
    x.set((await residual.compute({ ...unsaved, pixels }, options)).data, i * area);
  const network = { architecture: { name: "logistic", options: {} }, input: { channels, height: side, width: side } };
  const backbone = openBackbone(network, {}, { threads: 1 });
  try {
    const values = crops.length === 0 ? new Float32Array(0) : await backbone.compute(x, crops.length);
    return { width: backbone.width, values };
  } finally {
    await backbone.release();
  }
}
