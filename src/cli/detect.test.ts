import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { blobs, jpegOf, temporaryFolder } from "../data/testPictures.ts";
import { sharpCodec } from "../image/sharpCodec.ts";
import { saveUntrained } from "../model/untrained.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder({
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
  });
});
afterAll(() => folder[Symbol.asyncDispose]());

function detect(...args: string[]): Promise<{ code: number; files: string[]; stderr: string }> {
  const [loader, main] = ["../../node_modules/tsx/dist/loader.mjs", "./main.ts"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", loader!, main!, "detect", "--model", "model.onnx", "--json", ...args],
      { cwd: folder.root, maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        const files = stdout
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line).file as string);
        resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, files, stderr });
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
