import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../data/testPictures.ts";

const files = {
  list: "[1]",
  nothing: "null",
  word: '"releases"',
  number: "3",
  cut: '{"releases": ',
  key: '{"relases": 3}',
};
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.json`, text])),
  );
});
afterAll(() => folder[Symbol.asyncDispose]());

function forge(options: string): Promise<{ code: unknown; stderr: string }> {
  const command = [fileURLToPath(new URL("main.ts", import.meta.url)), "forge", "slips", "--out", "slips"];
  const tsx = fileURLToPath(import.meta.resolve("tsx"));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", tsx, ...command, "--count", "4", "--options", `${options}.json`],
      { cwd: folder.root },
      (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

it.each([
  ["list", /list\.json holds no JSON object/],
  ["nothing", /nothing\.json holds no JSON object/],
  ["word", /word\.json holds no JSON object/],
  ["number", /number\.json holds no JSON object/],
  ["cut", /cut\.json is no JSON/],
  ["key", /unknown key "relases" \(did you mean "releases"\?\)/],
  ["missing", /Cannot read missing\.json/],
])("refuses options that are none, and draws nothing: %s", { timeout: 60_000 }, async (name, reason) => {
  const { code, stderr } = await forge(name);
  expect(stderr).toMatch(reason);
  expect(code).toBe(2);
  expect(existsSync(join(folder.root, "slips"))).toBe(false);
});
