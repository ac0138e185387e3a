import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobs, jpegOf, temporaryFolder } from "../data/testPictures.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { saveUntrained } from "../model/untrained.ts";
import type { InputRecipe } from "../representations/input.ts";
import type { Detector, Picture, PictureAnswer } from "./detection.ts";
import { openDetector } from "./detector.ts";
import { iterate } from "./inOrder.ts";
import { openDetectWorkers } from "./workers.ts";

const count = 21;
const network = {
  architecture: { name: "smallcnn", options: { width: 0.25, headUnits: 8 } },
  input: { channels: 3, height: 32, width: 32 },
};
const input: InputRecipe = {
  representation: { name: "residual", options: {} },
  width: 32,
  height: 32,
  fit: "resize",
  kernel: "box",
  mean: [0, 0, 0],
  deviation: [0.1, 0.1, 0.1],
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let model = "";
let files: string[] = [];
const broken = 12;

beforeAll(async () => {
  const pictures: Record<string, Uint8Array | string> = {};
  for (let k = 0; k < count; k++)
    pictures[`${k}.jpg`] = k === broken ? "no picture" : await jpegOf(blobs(`${k}`, 40 + k, 60));
  folder = await temporaryFolder(pictures);
  files = Object.keys(pictures).map((name) => `${folder.root}/${name}`);
  model = `${folder.root}/model.onnx`;
  await saveUntrained(model, { network, input, decoder: codec.version });
});
afterAll(() => folder[Symbol.asyncDispose]());

const logitOf = (probability: number) => Math.log(probability / (1 - probability));

async function expectAnswers(answers: AsyncIterable<PictureAnswer>, detector: Detector): Promise<void> {
  let k = 0;
  for await (const answer of answers) {
    expect(answer.file).toBe(files[k]);
    if (k === broken) expect(answer).toMatchObject({ error: { code: "unsupported-format", name: "UserError" } });
    else {
      const alone = await detector.detect(await jpegOf(blobs(`${k}`, 40 + k, 60)));
      if (!("detection" in answer)) throw answer.error;
      const { probability, ...rest } = answer.detection;
      expect(Math.abs(logitOf(probability) - logitOf(alone.probability))).toBeLessThan(1e-5);
      expect({ ...rest, probability: alone.probability }).toEqual(alone);
    }
    k++;
  }
  expect(k).toBe(count);
}

describe("many pictures", { timeout: 120_000 }, () => {
  it("are answered as one by one, in order, with errors in their place", async () => {
    const detector = await openDetector({ model, codec, workers: 2 });
    const workers = openDetectWorkers({ model, sha256: detector.model.sha256, limits: undefined }, 2);
    const pictures = files.map((file) => ({ file }));
    try {
      await expectAnswers(detector.detectAll(pictures), detector);
      await expectAnswers(workers.answers(iterate(pictures), {}), detector);
      for await (const first of workers.answers(iterate(pictures.slice(0, 1)), { heatMap: true }))
        expect(first).toMatchObject({ detection: { heatMap: { width: 40, height: 60 } } });
    } finally {
      await Promise.all([detector.close(), workers.close()]);
    }
  });

  it("may come as bytes or as what their source could not give; few are taken ahead", async () => {
    const detector = await openDetector({ model, codec, workers: 1 });
    const workers = openDetectWorkers({ model, sha256: detector.model.sha256, limits: undefined }, 1);
    const one = await jpegOf(blobs("one"));
    let [taken, answered, ahead] = [0, 0, 0];
    async function* source(): AsyncGenerator<Picture> {
      for (let k = 0; k < 60; k++) {
        taken++;
        ahead = Math.max(ahead, taken - answered);
        const file = `upload ${k}`;
        yield k % 20 === 10 ? { file, error: new Error(`lost ${k}`) } : { file, bytes: one };
      }
    }
    try {
      for (const answers of [detector.detectAll(source()), workers.answers(source(), {})]) {
        [taken, answered] = [0, 0];
        for await (const answer of answers) {
          expect(answer.file).toBe(`upload ${answered}`);
          if (answered % 20 === 10) expect(answer).toMatchObject({ error: { message: `lost ${answered}` } });
          else expect(answer).toMatchObject({ detection: { model: { name: "untrained" } } });
          answered++;
        }
        expect(answered).toBe(60);
      }
      expect(ahead).toBeLessThanOrEqual(4 * 8); // two jobs, one that is gathered and one that is told
    } finally {
      await Promise.all([detector.close(), workers.close()]);
    }
  });

  it("are refused by workers that find another model than the one that was opened", async () => {
    const workers = openDetectWorkers({ model, sha256: "0".repeat(64), limits: undefined }, 1);
    try {
      await workers.ready;
      await expect(workers.answers(iterate([{ file: files[0]! }]), {}).next()).rejects.toThrow(/has changed/);
    } finally {
      await workers.close();
    }
  });
});
