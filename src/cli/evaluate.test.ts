import { expect, it } from "vitest";
import { evaluateCommand } from "./evaluate.ts";

it("refuses flags that do not go together, before anything is opened", async () => {
  const run = (...words: string[]) => evaluateCommand().parseAsync(["m", "d", ...words], { from: "user" });
  await expect(run("--robustness", "--scores", "s")).rejects.toThrow(/--scores is of an evaluation/);
  await expect(run("--out", "f")).rejects.toThrow(/--out is of --robustness/);
});
