import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const script = fileURLToPath(new URL("../scripts/lint-rooms.ts", import.meta.url));
let source: string;

/** Exit code and complaints of the lint over a house of these files. */
async function lint(files: Readonly<Record<string, string>>) {
  await rm(source, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(source, path)), { recursive: true });
    await writeFile(join(source, path), text);
  }
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", script, source], { encoding: "utf8" });
  return { status, complaints: stderr.trim().split("\n").filter(Boolean) };
}

beforeAll(async () => {
  source = await mkdtemp(join(tmpdir(), "assay-rooms-"));
});
afterAll(() => rm(source, { recursive: true }));

it("lets a room import from itself and from rooms above it", async () => {
  const answer = await lint({
    "index.ts": 'export { run } from "./run/run.ts";',
    "core/rng.ts": "export const one = 1;",
    "image/codec.ts": 'import { one } from "../core/rng.ts";\nexport const two = one + one;',
    "run/run.ts": 'import { two } from "../image/codec.ts";\nexport const run = () => import("./later.ts");',
    "cli/serve.ts": 'export const serve = () => import("../server/main.ts");',
  });
  expect(answer).toEqual({ status: 0, complaints: [] });
});

it.each([
  ["core/rng.ts", 'import { run } from "../run/run.ts";'],
  ["metrics/auc.ts", 'import type { Dataset } from "../data/manifest.ts";'],
  ["data/split.ts", 'export * from "../report/html.ts";'],
  ["detect/detector.ts", 'const later = await import("../cli/main.ts");'],
  ["server/app.ts", 'import {\n  x,\n} from "../cli/main.ts";'],
])("finds the wrong import of %s", async (file, text) => {
  const { status, complaints } = await lint({ [file]: text });
  expect(status).toBe(1);
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toContain(file);
});

it("finds a folder that is no room", async () => {
  const { status, complaints } = await lint({ "utils/helpers.ts": "export const x = 1;" });
  expect(status).toBe(1);
  expect(complaints[0]).toContain("src/utils");
});

it("finds randomness and time that are no argument", async () => {
  const { status, complaints } = await lint({
    "data/split.ts": "export const draw = () => Math.random();",
    "data/split.test.ts": "export const now = () => Date.now();",
    "run/folder.ts": "export const now = () => Date.now();",
  });
  expect(status).toBe(1);
  expect(complaints).toEqual([expect.stringContaining("data/split.ts calls Math.random")]);
});
