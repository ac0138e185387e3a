import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { blobs, jpegOf, temporaryFolder } from "../data/testPictures.ts";
import { type OddPicture, oddPictures } from "../detect/oddPictures.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { saveUntrained } from "../model/untrained.ts";

let odd: OddPicture[];
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  odd = await oddPictures();
  folder = await temporaryFolder({
    ...Object.fromEntries(odd.map(({ name, bytes }) => [name, bytes])),
    "a.jpg": await jpegOf(blobs("a")),
    "b c.jpg": await jpegOf(blobs("b")),
    "list.txt": "a.jpg\nb c.jpg\n",
    "empty.txt": "",
  });
  const side = { height: 32, width: 32 };
  await saveUntrained(join(folder.root, "model.onnx"), {
    network: { architecture: { name: "smallcnn", options: { width: 0.25 } }, input: { channels: 3, ...side } },
    input: {
      representation: { name: "rgb", options: {} },
      ...side,
      fit: "resize",
      kernel: "box",
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    },
    decoder: sharpCodec.version,
    gate: "screenshot",
  });
});
afterAll(() => folder[Symbol.asyncDispose]());

interface Answers {
  readonly code: number;
  readonly answers: { readonly file: string; readonly [key: string]: unknown }[];
  readonly files: string[];
  readonly stderr: string;
}

function detect(...args: string[]): Promise<Answers> {
  const [loader, main] = ["../../node_modules/tsx/dist/loader.mjs", "./main.ts"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", loader!, main!, "detect", "--model", "model.onnx", "--json", ...args],
      { cwd: folder.root, maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        const answers = stdout
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Answers["answers"][number]);
        const files = answers.map(({ file }) => file);
        resolve({
          code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1,
          answers,
          files,
          stderr,
        });
      },
    );
  });
}

it("takes a list of files", async () => {
  expect(await detect("--files-from", "list.txt")).toMatchObject({ code: 0, files: ["a.jpg", "b c.jpg"] });
  expect(await detect("--files-from", "empty.txt")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Which pictures/),
  });
});

it("answers a command line that ONNX Runtime would die of", { timeout: 120_000 }, async () => {
  const missing = Array.from({ length: 400 }, (_, k) => `${"long-name-".repeat(9)}${k}.jpg`);
  const { code, files } = await detect("a.jpg", ...missing, "b c.jpg");
  expect(code).toBe(3);
  expect(files).toEqual(["a.jpg", ...missing, "b c.jpg"]);
});

it("says in a sentence what is odd about a picture", { timeout: 60_000 }, async () => {
  const { code, answers } = await detect(...odd.map(({ name }) => name));
  expect(code).toBe(3);
  for (const [k, { name, says }] of odd.entries()) {
    expect(answers[k]!.file).toBe(name);
    const {
      error,
      outside,
      warnings = [],
      verdict,
    } = answers[k] as {
      error?: { message: string };
      outside?: string;
      warnings?: string[];
      verdict?: string;
    };
    if (says.error) expect(error?.message).toMatch(says.error);
    else expect(error).toBeUndefined();
    if (says.outside) expect([outside, verdict]).toEqual([expect.stringMatching(says.outside), "inconclusive"]);
    if (says.warning) expect(warnings.join(" ")).toMatch(says.warning);
  }
});
