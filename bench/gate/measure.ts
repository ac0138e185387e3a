import { readFile } from "node:fs/promises";
import { type Gate, gateOf } from "../../src/detect/gate.ts";
import { sharpCodec as codec } from "../../src/image/sharpCodec.ts";
import { picturesBelow } from "./fit.ts";

interface MeasureOptions {
  readonly json: boolean;
  readonly photos: string[];
  readonly screens: string[];
}

/** What the gate lets in, of screens and of photographs, and how long it takes for 1080 x 2340 pixels. */
export async function benchGate({ json, photos, screens }: MeasureOptions): Promise<void> {
  const [inside, outside] = [await askAll(screens), await askAll(photos)];
  const result = {
    screens: { n: inside.length, inside: inside.filter(({ gate }) => gate.inside).length },
    photos: { n: outside.length, outside: outside.filter(({ gate }) => !gate.inside).length },
    milliseconds: milliseconds(),
  };
  if (json) return console.log(JSON.stringify({ schemaVersion: 1, gate: result }));
  console.log(`Screens inside: ${result.screens.inside} of ${result.screens.n}`);
  console.log(`Photographs outside: ${result.photos.outside} of ${result.photos.n}`);
  console.log(`1080 x 2340 pixels: ${result.milliseconds.toFixed(0)} ms`);
  for (const { path, gate } of inside) if (!gate.inside) console.log(`  left out: ${path}: ${gate.because}`);
  for (const { path, gate } of outside) if (gate.inside) console.log(`  let in: ${path}: ${gate.score.toFixed(2)}`);
}

async function askAll(folders: readonly string[]): Promise<{ path: string; gate: Gate }[]> {
  const answers = [];
  for (const path of picturesBelow(folders))
    answers.push({ path, gate: gateOf(await codec.decode(await readFile(path))) });
  return answers;
}

/** Median of 15 runs on noise: every block is as busy as can be. */
function milliseconds(): number {
  const [width, height] = [1080, 2340];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 2_654_435_761) >>> 24);
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    gateOf({ pixels: { width, height, channels: 3, data } });
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[7]!;
}
