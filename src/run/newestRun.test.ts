import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../data/testPictures.ts";
import { openDetector } from "../detect/detector.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { saveUntrained } from "../model/untrained.ts";
import { inputRecipe } from "../representations/input.ts";
import { markOfTheEnd } from "./folder.ts";
import { chooseModel } from "./newestRun.ts";

it("the named model goes first, then the one that ships, which answers", async () => {
  await using folder = await temporaryFolder();
  const { root } = folder;
  await mkdir(join(root, "models"));
  const shipped = join(root, "models", "slips.onnx");
  const side = { height: 32, width: 32 };
  await saveUntrained(shipped, {
    network: { architecture: { name: "smallcnn", options: { width: 0.25 } }, input: { channels: 3, ...side } },
    input: inputRecipe.parse({
      representation: { name: "rgb", options: {} },
      ...side,
      fit: "resize",
      kernel: "box",
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    }),
    decoder: codec.version,
  });
  expect(chooseModel("mine.onnx", { root })).toBe("mine.onnx");
  expect(chooseModel(undefined, { root })).toBe(shipped);
  const detector = await openDetector({ model: chooseModel(undefined, { root }), codec });
  expect(detector.model.name).toBe("untrained");
  await detector.close();
});

it("without one that ships, the sentence names the newest run's", async () => {
  await using folder = await temporaryFolder({
    [`runs/a/${markOfTheEnd}`]: "{}",
    "runs/a/weights/best.onnx": "",
    "runs/unfinished/weights/best.onnx": "",
  });
  const { root } = folder;
  const runs = join(root, "runs");
  expect(() => chooseModel(undefined, { root, runs })).toThrow(`--model ${join(runs, "a", "weights", "best.onnx")}`);
  expect(() => chooseModel(undefined, { root, runs: join(root, "none") })).toThrow(/npm run quickstart/);
});
