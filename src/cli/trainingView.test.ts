import { afterEach, expect, it, vi } from "vitest";
import { createOutput } from "./output.ts";
import { TrainingView } from "./trainingView.ts";

afterEach(() => vi.restoreAllMocks());

it("counts one of a thing as one", () => {
  const said: string[] = [];
  const keep = (text: string | Uint8Array) => said.push(String(text)) > 0;
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  const view = new TrainingView(createOutput({}));
  const start = { type: "start", parameters: 1e6, epoch: 0, step: 0, stepsPerEpoch: 20, batchSize: 32 } as const;
  view.show({ ...start, epochs: 1 });
  view.show({ ...start, epochs: 2 });
  expect(said.join("")).toMatch(/at most 1 epoch of 20 steps of 32 pictures\..*at most 2 epochs of/s);
});
