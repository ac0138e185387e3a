import { expect, it } from "vitest";
import { chooseLayout } from "./chooseLayout.ts";

const [none, sixteen] = [Promise.resolve(0), Promise.resolve(16)];

it("takes blocked kernels where they are, and says where they are not", async () => {
  expect(await chooseLayout(undefined, sixteen)).toEqual({ layout: "blocked" });
  expect(await chooseLayout("portable", sixteen)).toEqual({ layout: "portable" });
  expect(await chooseLayout("portable", none)).toEqual({ layout: "portable" });
  const { layout, sentence } = await chooseLayout(undefined, none);
  expect(layout).toBe("portable");
  expect(sentence).toMatch(/no blocked kernels .* portable graph is trained instead/);
});

it("refuses blocked kernels that the machine lacks, with the next step", async () => {
  await expect(chooseLayout("blocked", none)).rejects.toThrow(/Leave --layout out, or pass --layout portable/);
});
