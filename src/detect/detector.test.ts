import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobs, jpegOf, temporaryFolder } from "../data/testPictures.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { saveUntrained } from "../model/untrained.ts";
import type { InputRecipe } from "../representations/input.ts";
import type { Detector, Picture, PictureAnswer } from "./detection.ts";
import { openDetector } from "./detector.ts";

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

async function all(detector: Detector, pictures: Iterable<Picture> | AsyncIterable<Picture>, options = {}) {
  const answers: PictureAnswer[] = [];
  for await (const answer of detector.detectAll(pictures, options)) answers.push(answer);
  return answers;
}

const logitOf = (probability: number) => Math.log(probability / (1 - probability));

describe("detectAll", { timeout: 120_000 }, () => {
  it("answers as one by one, in order, with errors in their place", async () => {
    const detector = await openDetector({ model, codec, workers: 2 });
    try {
      const answers = await all(
        detector,
        files.map((file) => ({ file })),
      );
      expect(answers.map(({ file }) => file)).toEqual(files);
      for (const [k, answer] of answers.entries()) {
        if (k === broken) {
          expect(answer).toMatchObject({ error: { code: "unsupported-format", name: "UserError" } });
          continue;
        }
        const alone = await detector.detect(await jpegOf(blobs(`${k}`, 40 + k, 60)));
        if (!("detection" in answer)) throw new Error(`No answer for picture ${k}.`);
        const { probability, ...rest } = answer.detection;
        expect(Math.abs(logitOf(probability) - logitOf(alone.probability))).toBeLessThan(1e-5);
        expect({ ...rest, probability: alone.probability }).toEqual(alone);
      }
      // Once the workers are there, they do the first pictures, too; maps of where travel with the answers.
      const [first] = await all(detector, [{ file: files[0]! }], { heatMap: true });
      expect(first).toMatchObject({ detection: { heatMap: { width: 40, height: 60 } } });
    } finally {
      await detector.close();
    }
  });

  it("takes bytes, passes on what a source could not give, and takes few pictures ahead", async () => {
    const detector = await openDetector({ model, codec, workers: 1 });
    let taken = 0;
    let answered = 0;
    let ahead = 0;
    async function* source(): AsyncGenerator<Picture> {
      for (let k = 0; k < 60; k++) {
        taken++;
        ahead = Math.max(ahead, taken - answered);
        const file = `upload ${k}`;
        if (k % 20 === 10) yield { file, error: new Error(`lost ${k}`) };
        else yield { file, bytes: await jpegOf(blobs("one")) };
      }
    }
    try {
      for await (const answer of detector.detectAll(source())) {
        expect(answer.file).toBe(`upload ${answered}`);
        if (answered % 20 === 10) expect(answer).toMatchObject({ error: { message: `lost ${answered}` } });
        else expect(answer).toMatchObject({ detection: { model: { name: "untrained" } } });
        answered++;
      }
      expect(answered).toBe(60);
      expect(ahead).toBeLessThanOrEqual(3 * 8 + 8); // two jobs, one being gathered, one being told
    } finally {
      await detector.close();
    }
  });
});
