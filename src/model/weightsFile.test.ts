import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeSafetensors } from "./safetensors.ts";
import { readWeightsFile } from "./weightsFile.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-weights-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe("readWeightsFile", () => {
  it("reads another library's safetensors, which say nothing of themselves", async () => {
    const tensors = { "conv1.weight": { shape: [1, 1, 1, 2], data: Float32Array.of(1, 2) } };
    const bytes = writeSafetensors(new Map(Object.entries(tensors)), { format: "pt" });
    const read = await readWeightsFile(await file("other.safetensors", bytes));
    expect(read.tensors).toEqual(tensors);
    expect(read.metadata).toBeUndefined();
    expect(read.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("says what to do with every other kind of file", async () => {
    await expect(readWeightsFile(join(folder, "none.safetensors"))).rejects.toThrow(
      /^There is no readable file of weights at .*none\.safetensors\. Check the path; docs\/weights\.md says/,
    );
    const pickle = /is a PyTorch pickle \(or a zip archive\), which runs code .* save_file of safetensors\.torch/;
    await expect(readWeightsFile(await file("a.pth", Buffer.from("PK\x03\x04 archive")))).rejects.toThrow(pickle);
    await expect(readWeightsFile(await file("b.safetensors", Buffer.of(0x80, 2, 0x8a)))).rejects.toThrow(pickle);
    await expect(readWeightsFile(await file("c.h5", Buffer.of(0x89, 0x48, 0x44, 0x46)))).rejects.toThrow(/HDF5.*Keras/);
    await expect(readWeightsFile(await file("d.onnx", "no graph"))).rejects.toThrow(/d\.onnx is no ONNX file/);
    await expect(readWeightsFile(await file("e.safetensors", "not found"))).rejects.toThrow(/no safetensors file/);
  });
});
