import { expect, it } from "vitest";
import { temporaryFolder } from "../data/testPictures.ts";
import { knownLayout } from "./knownLayout.ts";

it("finds the boxes of a slip in the manifest beside its folder, and nothing elsewhere", async () => {
  const row = { path: "fake/slip-1.png", boxes: { amount: [10, 20, 30, 40] } };
  await using folder = await temporaryFolder({
    "manifest.jsonl": `${JSON.stringify(row)}\n{"path":"real/2.png"}\n{"boxes" broken\n`,
    "fake/slip-1.png": "",
    "elsewhere/fake/slip-1.png": "",
  });
  expect(await knownLayout(`${folder.root}/fake/slip-1.png`)).toEqual(row.boxes);
  for (const other of ["fake/slip-2.png", "real/2.png", "elsewhere/fake/slip-1.png"])
    expect(await knownLayout(`${folder.root}/${other}`)).toBeUndefined();
  expect(await knownLayout("")).toBeUndefined();
});
