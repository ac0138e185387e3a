import { createRng } from "../src/core/rng.ts";
import { labelsOf, type Sample } from "../src/core/sample.ts";
import { type CropSample, cutCrops } from "../src/data/crops/crops.ts";
import { openSample } from "../src/data/prepare.ts";
import { openSplit } from "../src/data/splitFile.ts";
import { sharpCodec as codec } from "../src/image/sharpCodec.ts";
import { rocAuc } from "../src/metrics/curves.ts";
import { rank } from "../src/metrics/ranked.ts";
import { examineTiles } from "../src/model/examinePicture.ts";
import { pooledStatistics } from "../src/model/pooling.ts";
import { createTrainer, exportModel, type Trainer } from "../src/nn/network.ts";
import { createSession } from "../src/onnx/session.ts";
import { type InputRecipe, representationOf } from "../src/representations/input.ts";
import { readKnown } from "../src/run/knownFacts.ts";

export interface InputBenchOptions {
  readonly json: boolean;
  readonly data: string;
  readonly inputs: readonly string[];
  readonly steps: number;
  readonly pictures: number;
  /** Levels of laundering; all where empty. */
  readonly levels: readonly string[];
  /** Options of tracenet. */
  readonly architecture: Readonly<Record<string, unknown>>;
  /** Side of a crop, in pixels; crops of every picture, and of a step. */
  readonly size: number;
  readonly perPicture: number;
  readonly batch: number;
  readonly threads: number;
  readonly seed: number;
}

const part = (name: string, options: Record<string, unknown> = {}) => ({ name, options });
const stacked = (...of: ReturnType<typeof part>[]) => ({ name: "stack", options: { of } });

/** What the same network is shown. */
const inputs: Readonly<Record<string, InputRecipe["representation"]>> = {
  rgb: part("rgb"),
  ela: part("ela"),
  residual: part("residual"),
  dct: part("dct", { source: "pixels" }),
  flat: part("flat"),
  ink: part("ink"),
  "flat+ink": stacked(part("flat"), part("ink")),
  "rgb+flat+ink": stacked(part("rgb"), part("flat"), part("ink")),
  "rgb+flat": stacked(part("rgb"), part("flat")),
  "rgb+residual": stacked(part("rgb"), part("residual")),
  "flat+dct": stacked(part("flat"), part("dct", { source: "pixels" })),
  "rgb+flat+dct": stacked(part("rgb"), part("flat"), part("dct", { source: "pixels" })),
  "rgb+flat+residual": stacked(part("rgb"), part("flat"), part("residual")),
};

/**
 * Which input carries the trace: tracenet on each, the same crops in the same order and the same number of steps, all
 * figures on validation. picture: by the mean of the 16 most suspicious cells, without any pooling head.
 */
export async function benchInputs(options: InputBenchOptions): Promise<void> {
  const { size: side, perPicture, batch } = options;
  const dataset = await readKnown(options.data, { codec });
  const { split } = await openSplit(dataset, { kind: "given", seed: 1 });
  const wanted = ({ facts }: Sample) => options.levels.length === 0 || options.levels.includes(facts?.laundering ?? "");
  const [train, validation] = [split.parts.train.filter(wanted), split.parts.validation.filter(wanted)];
  const crops = await cutCrops([...train, ...validation], {
    root: dataset.root,
    protocol: "raw",
    side,
    perPicture,
    seed: options.seed,
    decoder: codec.version,
  });
  const names = options.inputs.length > 0 ? options.inputs : Object.keys(inputs);
  const rows = [];
  for (const name of names) {
    const representation = inputs[name];
    if (representation === undefined)
      throw new Error(`Unknown input ${name}. Known: ${Object.keys(inputs).join(", ")}`);
    const row = await measure(name, representation);
    rows.push(row);
    if (!options.json) console.log(line(row));
  }
  if (options.json) console.log(JSON.stringify({ schemaVersion: 1, inputs: rows }));

  async function measure(name: string, representation: InputRecipe["representation"]) {
    const channels = representationOf({ representation });
    const input: InputRecipe = {
      representation,
      width: side,
      height: side,
      fit: "tiles",
      kernel: "box",
      mean: new Array<number>(channels.representation.channels(channels.options)).fill(0),
      deviation: new Array<number>(channels.representation.channels(channels.options)).fill(1),
    };
    const network = {
      architecture: { name: "tracenet", options: { momentum: 0.9, ...options.architecture } },
      input: { channels: input.mean.length, height: side, width: side },
    };
    const rng = createRng(`bench/inputs/${options.seed}`);
    const trainer = await createTrainer(network, {
      batchSize: batch,
      loss: { name: "crossEntropy", options: {} },
      optimizer: { name: "adamw", options: {} },
      clipNorm: 1,
      mapWeight: 2,
      rng: rng.fork("weights"),
      threads: options.threads,
    });
    const preparer = crops.open(input);
    const started = performance.now();
    let step = 0;
    for (let epoch = 0; step < options.steps; epoch++) {
      const own = rng.fork(`epoch/${epoch}`);
      for await (const { x, labels, cells } of preparer.batches(crops.of(train), {
        size: batch,
        shuffle: true,
        dropLast: true,
        rng: own,
        augmentKey: `epoch/${epoch}`,
      })) {
        const factor = Math.min(1, (step + 1) / 20) * 0.5 * (1 + Math.cos((Math.PI * step) / options.steps));
        await trainer.step({ x, labels, ...(cells && { cells }) }, 0.003 * factor, own.fork(`${step}`));
        if (++step >= options.steps) break;
      }
    }
    const seconds = (performance.now() - started) / 1000;
    const figures = {
      ...(await cropAuc(trainer, crops.of(validation), preparer)),
      picture: options.pictures > 0 ? await pictureAuc(trainer, input, network) : null,
    };
    await preparer.close();
    await trainer.release();
    return { name, channels: input.mean.length, ...figures, seconds };
  }

  async function cropAuc(trainer: Trainer, of: CropSample[], preparer: ReturnType<typeof crops.open>) {
    const probabilities: number[] = [];
    for await (const { x, labels } of preparer.batches(of, { size: batch, shuffle: false, dropLast: false }))
      for (const logit of await trainer.predict(x, labels.length)) probabilities.push(1 / (1 + Math.exp(-logit)));
    const genuine = of.flatMap((crop, i) => (crop.label === "real" ? [i] : []));
    const operations = [...new Set(of.flatMap(({ facts }) => facts?.operation ?? []))].sort();
    const byOperation = operations.map((operation) => {
      const edited = of.flatMap((crop, i) => (crop.label === "fake" && crop.facts?.operation === operation ? [i] : []));
      const rows = [...genuine, ...edited];
      return [
        operation,
        aucOf(
          rows.map((i) => of[i]!),
          rows.map((i) => probabilities[i]!),
        ),
      ] as const;
    });
    return { crop: aucOf(of, probabilities), byOperation: Object.fromEntries(byOperation) };
  }

  /** Whole pictures of validation, every tile of them. */
  async function pictureAuc(trainer: Trainer, input: InputRecipe, network: Parameters<typeof exportModel>[0]) {
    const session = await createSession(exportModel(network, trainer.tensors()), { threads: options.threads });
    const chosen = createRng("bench/inputs/pictures").shuffle(validation).slice(0, options.pictures);
    const scores: number[] = [];
    for (const sample of chosen) {
      const image = await openSample(dataset.root, sample, codec);
      const answers = await examineTiles(
        {
          file: { metadata: { input } },
          async mapOf(x, n) {
            const shape = [n, input.mean.length, side, side];
            const { logit, map } = await session.compute({ x: { data: x, shape } }, ["logit", "map"]);
            return { logits: logit!.data, maps: { height: side / 8, width: side / 8, data: map!.data } };
          },
        },
        image,
        codec,
      );
      scores.push(1 / (1 + Math.exp(-pooledStatistics(answers)[2]!)));
    }
    await session.release();
    return aucOf(chosen, scores);
  }
}

function aucOf(samples: readonly Sample[], probabilities: number[]): number {
  const auc = rocAuc(rank({ labels: labelsOf(samples), probabilities: Float64Array.from(probabilities) }));
  return typeof auc === "number" ? auc : Number.NaN;
}

interface Row {
  readonly name: string;
  readonly channels: number;
  readonly crop: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly picture: number | null;
  readonly seconds: number;
}

function line({ name, channels, crop, byOperation, picture, seconds }: Row): string {
  const operations = Object.entries(byOperation).map(([operation, auc]) => `${operation} ${auc.toFixed(2)}`);
  const whole = picture === null ? "" : `   pictures ${picture.toFixed(3)}`;
  return `${name.padEnd(20)} ${String(channels).padStart(2)} channels   crops ${crop.toFixed(3)}${whole}   ${seconds.toFixed(0)} s   ${operations.join(", ")}`;
}
