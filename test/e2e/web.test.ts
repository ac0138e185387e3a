import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveModel } from "../../src/model/modelFile.ts";
import { buildNetwork } from "../../src/nn/build.ts";
import { createSession } from "../../src/onnx/session.ts";
import { exportRun } from "../../src/run/exportRun.ts";
import { exampleMetadata } from "../exampleMetadata.ts";
import { filledWeights } from "../golden/nn/weights.ts";
import { fill } from "../golden/onnx/fill.ts";

/** An exported model answers in the browser (onnxruntime-web, WebAssembly) as it does in Node (onnxruntime-node). */

const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const require = createRequire(import.meta.url);
const runtime = dirname(require.resolve("onnxruntime-web"));
const types: Record<string, string> = { mjs: "text/javascript", wasm: "application/wasm", html: "text/html" };

const rows = 6;
const input = { channels: 3, height: 64, width: 64 };
const x = fill("x", rows * 3 * 64 * 64);
/** Pictures of rising contrast, so that the logits differ. */
for (const [i, value] of x.entries()) x[i] = value * (0.25 + Math.floor(i / (3 * 64 * 64)) / 3);

const page = `<!doctype html><link rel="icon" href="data:,"><script type="module">
  import * as ort from "/ort/ort.wasm.min.mjs";
  ort.env.wasm.wasmPaths = "/ort/";
  ort.env.wasm.numThreads = 1;
  window.answer = async (model) => {
    const bytes = async (path) => (await fetch(path)).arrayBuffer();
    const session = await ort.InferenceSession.create(await bytes(model), { executionProviders: ["wasm"] });
    const x = new ort.Tensor("float32", new Float32Array(await bytes("/x.bin")), [${rows}, 3, 64, 64]);
    const { logit } = await session.run({ x });
    return [...logit.data];
  };
  window.version = ort.env.versions.web;
</script>`;

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(chromiumPath))
    throw new Error(
      `The browser's answers are tested in a real Chromium, and there is none at ${chromiumPath}. Install it (Debian: apt-get install chromium), or name it in the variable CHROMIUM.`,
    );
  folder = await mkdtemp(join(tmpdir(), "assay-web-"));
  const find = async (path: string): Promise<Uint8Array> => {
    if (path === "/index.html") return Buffer.from(page);
    if (path === "/x.bin") return new Uint8Array(x.buffer);
    return readFile(join(path.startsWith("/ort/") ? runtime : folder, basename(path)));
  };
  server = createServer(async ({ url = "" }, response) => {
    try {
      const bytes = await find(url);
      response.setHeader("content-type", types[url.split(".").at(-1)!] ?? "application/octet-stream");
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

describe.each([
  ["smallcnn", {}],
  ["resnet18", { width: 0.25 }],
])("an exported %s", (name, options) => {
  it("answers in Chromium as in Node", async () => {
    const network = { architecture: { name, options }, input };
    const { net } = buildNetwork(network, "inference", "batch");
    const best = join(folder, "best.onnx");
    await saveModel(best, filledWeights([...net.parameters, ...net.statistics]), exampleMetadata(network, name));
    const [file] = await exportRun({ model: best, out: folder, formats: ["onnx"] });

    const session = await createSession(await readFile(file!.path));
    const { logit } = await session.compute({ x: { shape: [rows, 3, 64, 64], data: x } }, ["logit"]);
    await session.release();

    const tab = await browser.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    tab.on("pageerror", (error) => complaints.push(error.message));
    tab.on("request", (request) => asked.push(new URL(request.url()).host));
    const { port } = server.address() as AddressInfo;
    await tab.goto(`http://127.0.0.1:${port}/index.html`);
    await tab.waitForFunction("window.version !== undefined");
    const answers = (await tab.evaluate(`answer("/${basename(file!.path)}")`)) as number[];
    await tab.close();

    expect(complaints).toEqual([]);
    expect(new Set(asked.filter((host) => host !== ""))).toEqual(new Set([`127.0.0.1:${port}`]));
    const spread = Math.max(...logit!.data) - Math.min(...logit!.data);
    const errors = answers.map((answer, i) => Math.abs(answer - logit!.data[i]!) / spread);
    expect(answers).toHaveLength(rows);
    expect(spread).toBeGreaterThan(0.1);
    // Relative to the spread of the logits. Measured: 7e-7 and 8e-7; the two builds have kernels of their own.
    expect(Math.max(...errors)).toBeLessThan(1e-5);
  });
});
