import { appendFile, readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { smallSet, temporaryFolder } from "../data/testPictures.ts";
import type { Codec } from "../image/codec.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { readKnown } from "./knownFacts.ts";

it("decodes every picture once, gives the same dataset from what it kept, and reads past a torn line", async () => {
  await using folder = await temporaryFolder(await smallSet(3));
  let decoded = 0;
  const codec: Codec = {
    ...sharpCodec,
    decode: (...given) => {
      decoded++;
      return sharpCodec.decode(...given);
    },
  };
  const kept = `${folder.root}/kept`;
  const first = await readKnown(folder.root, { codec }, kept);
  expect(decoded).toBe(6);
  const second = await readKnown(folder.root, { codec }, kept);
  expect(decoded).toBe(6);
  expect(second).toEqual(first);
  const [name] = await readdir(kept);
  await appendFile(`${kept}/${name}`, '["torn');
  expect(await readKnown(folder.root, { codec }, kept)).toEqual(first);
  expect((await readKnown(folder.root, { codec }, "/dev/null/nowhere")).samples).toEqual(first.samples);
});
