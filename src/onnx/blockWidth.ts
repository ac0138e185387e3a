import { Graph } from "./graph.ts";
import { nchwc } from "./layout.ts";
import { createSession } from "./session.ts";

let found: Promise<number> | undefined;

/**
 * How many channels a block holds on this machine: 16 with AVX-512, 8 with AVX2, 0 where ONNX Runtime has no blocked
 * kernels (another processor or another build). Found once, by blocking a tensor whose numbers tell where they went.
 */
export function blockWidth(): Promise<number> {
  found ??= probe();
  return found;
}

async function probe(): Promise<number> {
  const g = new Graph();
  const shape = [1, 32, 1, 2];
  const x = g.input("x", shape);
  g.output(g.node("ReorderInput", [x], { shape, domain: nchwc }), "y");
  const y = new Float32Array(64);
  try {
    const session = await createSession(g.toModel(), { threads: 1 });
    await session.run(
      { x: { shape, data: Float32Array.from({ length: 64 }, (_, i) => i) } },
      { y: { shape, data: y } },
    );
    await session.release();
  } catch {
    return 0;
  }
  // Channel c, position p held 2 c + p. A block of width b begins with its b channels at position 0, then position 1.
  return [8, 16].find((b) => y.every((value, i) => value === numberAt(i, b))) ?? 0;
}

function numberAt(index: number, block: number): number {
  const inBlock = index % (2 * block);
  const channel = Math.floor(index / (2 * block)) * block + (inBlock % block);
  return 2 * channel + Math.floor(inBlock / block);
}
