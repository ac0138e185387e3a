import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { Dataset } from "../data/manifest.ts";
import { knownFloors } from "./knownFloors.ts";

const { measureFloors } = vi.hoisted(() => ({ measureFloors: vi.fn() }));
vi.mock("../data/floors.ts", () => ({ measureFloors }));

const half = { value: 0.5, low: 0.4, high: 0.6, n: 10 };
const floors = { file: { accuracy: half, rocAuc: half } };
const dataset = { manifestSha256: "0123456789abcdef" } as Dataset;

it("measures once for a manifest and a protocol, and again where what was kept is damaged", async () => {
  const folder = await mkdtemp(join(tmpdir(), "assay-floors-"));
  measureFloors.mockResolvedValue(floors);
  const ask = (of: Dataset, protocol: "raw" | "rescaled") => knownFloors(of, protocol, {}, folder);
  for (const _ of [1, 2]) expect(await ask(dataset, "raw")).toEqual(floors);
  expect(measureFloors).toHaveBeenCalledTimes(1);
  await ask(dataset, "rescaled");
  await ask({ manifestSha256: "0123456789ab-another" } as Dataset, "raw");
  expect(measureFloors).toHaveBeenCalledTimes(3);

  const [file] = await readdir(folder);
  const path = join(folder, file!);
  await writeFile(path, (await readFile(path, "utf8")).slice(0, 20));
  await ask({ manifestSha256: "0123456789ab-another" } as Dataset, "raw");
  await ask(dataset, "rescaled");
  expect(measureFloors).toHaveBeenCalledTimes(4);
  await rm(folder, { recursive: true });
});
