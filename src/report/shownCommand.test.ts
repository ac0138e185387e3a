import { expect, it } from "vitest";
import { shownCommand } from "./shownCommand.ts";

it("shows files by their names, and leaves paths of the project as they are", () => {
  expect(shownCommand("assay train /home/ann/secret/slips-train --recipe slips --out runs/slips")).toBe(
    "assay train slips-train --recipe slips --out runs/slips",
  );
  expect(shownCommand("assay train ../slips --weights=/mnt/disk/a.onnx")).toBe("assay train ../slips --weights=a.onnx");
  expect(shownCommand(String.raw`assay train C:\Users\ann\slips --seed 1`)).toBe("assay train slips --seed 1");
  expect(shownCommand("assay train ~/ann/slips")).toBe("assay train slips");
  expect(shownCommand('assay train "/data/slips" --seed 1')).toBe('assay train "slips" --seed 1');
});
