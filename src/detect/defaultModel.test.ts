import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../data/testPictures.ts";
import { shippedModel } from "./defaultModel.ts";

it("is models/slips.onnx of the package, where it stands", async () => {
  await using folder = await temporaryFolder();
  expect(shippedModel(folder.root)).toBeUndefined();
  await mkdir(join(folder.root, "models"));
  await writeFile(join(folder.root, "models", "slips.onnx"), "");
  expect(shippedModel(folder.root)).toBe(join(folder.root, "models", "slips.onnx"));
});
