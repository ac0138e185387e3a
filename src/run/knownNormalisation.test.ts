import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readDataset } from "../data/manifest.ts";
import { smallSet, temporaryFolder } from "../data/testPictures.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { knownNormalisation } from "./knownNormalisation.ts";

it("is measured once for a split, an input and a protocol, and again where what was kept is damaged", async () => {
  await using set = await temporaryFolder(await smallSet(3));
  await using folder = await temporaryFolder();
  const { samples } = await readDataset(set.root, { codec: sharpCodec });
  const input = {
    representation: { name: "rgb", options: {} },
    width: 16,
    height: 16,
    fit: "resize" as const,
    kernel: "box" as const,
    mean: [0, 0, 0],
    deviation: [1, 1, 1],
  };
  let measured = 0;
  const ask = (changes: object = {}, of = samples) => {
    const onProgress = () => {
      measured++;
    };
    return knownNormalisation(
      of,
      { root: set.root, input, protocol: "raw", workers: 1, onProgress, ...changes },
      folder.root,
    );
  };
  const first = await ask();
  expect(await ask()).toEqual(first);
  expect(measured).toBe(1);
  await ask({ protocol: "rescaled" });
  await ask({ input: { ...input, width: 20 } });
  expect(await ask({}, samples.slice(1))).not.toEqual(first);
  expect(measured).toBe(4);

  for (const name of await readdir(folder.root)) await writeFile(join(folder.root, name), "{");
  expect(await ask()).toEqual(first);
  expect(measured).toBe(5);
});
