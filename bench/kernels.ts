import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { blockWidth } from "../src/onnx/blockWidth.ts";
import { Graph, Value } from "../src/onnx/graph.ts";
import type { Layout } from "../src/onnx/layout.ts";
import { inputGradient } from "../src/onnx/operators/convolution/inputGradient.ts";
import {
  type ConvolutionShape,
  fittingInputGradients,
  fittingWeightGradients,
} from "../src/onnx/operators/convolution/kernels.ts";
import type { MeasuredConvolution } from "../src/onnx/operators/convolution/measured.ts";
import { weightGradient } from "../src/onnx/operators/convolution/weightGradient.ts";
import { pooledLength } from "../src/onnx/operators/window.ts";
import { createSession } from "../src/onnx/session.ts";

export interface KernelBenchOptions {
  readonly json: boolean;
  readonly write: boolean;
  readonly batch: number;
  readonly rounds: number;
  readonly threads: number;
}

const table = new URL("../src/onnx/operators/convolution/measured.ts", import.meta.url);

/** Every kernel of both gradients on every kind of convolution that our networks have; `--write` keeps the table. */
export async function benchKernels({ json, write, batch, rounds, threads }: KernelBenchOptions): Promise<void> {
  const block = await blockWidth();
  const rows: MeasuredConvolution[] = [];
  for (const layout of block === 0 ? (["plain"] as const) : (["plain", "blocked"] as const))
    for (const shape of shapes) {
      const full = convolutionShape(batch, shape);
      const whole = shape[1] % (block || 1) === 0;
      if (layout === "blocked" && !whole) continue;
      const time = async (names: readonly string[], lay: Lay) =>
        Object.fromEntries(await inTurn(names, rounds, (name) => prepare(full, layout, block, threads, name, lay)));
      const row = {
        layout,
        shape,
        weightGradient: await time(fittingWeightGradients(full), (g, dy, x, _, name) =>
          weightGradient(g, dy, x, full, name as "perImage"),
        ),
        inputGradient: await time(shape[3] > 1 ? fittingInputGradients(full) : [], (g, dy, _, weight, name) =>
          inputGradient(g, dy, weight, full, name as "flipped"),
        ),
      };
      rows.push(row);
      if (!json) console.log(line(row));
    }
  if (write) await writeFile(table, source(rows, batch));
  if (json) console.log(JSON.stringify({ schemaVersion: 1, kernels: rows }));
}

/** The convolutions of ResNet-50 and ResNet-18 at 128 and 224 pixels, of smallcnn, and stems of pictures. */
const shapes: readonly MeasuredConvolution["shape"][] = [
  ...[128, 224].flatMap((size) =>
    [64, 128, 256, 512].flatMap((c, stage): MeasuredConvolution["shape"][] => {
      const h = size / 4 / 2 ** stage;
      return [
        [4 * c, c, 1, 1, h],
        [c, 4 * c, 1, 1, h],
        [c, c, 3, 1, h],
        ...(stage > 0
          ? ([
              [c, c, 3, 2, 2 * h],
              [2 * c, 4 * c, 1, 2, 2 * h],
            ] as const)
          : []),
      ];
    }),
  ),
  [3, 64, 7, 2, 128],
  [3, 64, 7, 2, 224],
  [9, 64, 7, 2, 128],
  [9, 64, 7, 2, 224],
  [3, 16, 3, 1, 128],
  [9, 16, 3, 1, 128],
  [3, 16, 3, 2, 128],
  [16, 32, 3, 1, 64],
  [32, 64, 3, 1, 32],
  [64, 128, 3, 1, 16],
  [128, 128, 3, 1, 8],
];

type Lay = (g: Graph, dy: Value, x: Value, weight: Value, kernel: string) => Value;

/** A graph with the one gradient, its operands in the layout as they are in the midst of a network. */
async function prepare(
  shape: ConvolutionShape,
  layout: Layout,
  block: number,
  threads: number,
  name: string,
  lay: Lay,
) {
  const g = new Graph({ block: layout === "blocked" ? block : 0 });
  const { batch, inputChannels, outputChannels, kernel, height, width, outputHeight, outputWidth } = shape;
  const sizes = {
    dy: [batch, outputChannels, outputHeight, outputWidth],
    x: [batch, inputChannels, height, width],
    weight: [outputChannels, inputChannels, kernel, kernel],
  };
  const [dy, x, weight] = (["dy", "x", "weight"] as const).map((operand) => {
    const { shape: lengths } = g.input(operand, sizes[operand]);
    const blocked = operand !== "weight" && layout === "blocked" && (lengths[1] as number) % block === 0;
    return new Value(operand, "float32", lengths, blocked ? "blocked" : "plain");
  }) as [Value, Value, Value];
  const result = lay(g, dy, x, weight, name);
  // The sum keeps a large result inside: what leaves a graph costs more than the kernel.
  const flat = g.node("Reshape", [result, g.integers([-1])], { shape: [1] });
  g.output(g.node("ReduceSum", [flat], { shape: [], attributes: { keepdims: 0 } }), "sum");
  const session = await createSession(g.toModel(), { threads });
  const feeds = Object.fromEntries(
    Object.entries(sizes)
      .filter(([operand]) => session.inputNames.includes(operand))
      .map(([operand, lengths]) => {
        const data = new Float32Array(lengths.reduce((a, b) => a * b, 1)).map((_, i) => ((i * 7919) % 1013) / 506 - 1);
        return [operand, { shape: lengths, data }];
      }),
  );
  const fetches = { sum: { shape: [], data: new Float32Array(1) } };
  return { run: () => session.run(feeds, fetches), release: () => session.release() };
}

/** Milliseconds of each, the least of all rounds: other work on the machine only ever adds. */
async function inTurn(
  names: readonly string[],
  rounds: number,
  open: (name: string) => ReturnType<typeof prepare>,
): Promise<[string, number][]> {
  const sides = await Promise.all(
    names.map(async (name) => ({ name, least: Number.POSITIVE_INFINITY, ...(await open(name)) })),
  );
  for (let round = -1; round < rounds; round++)
    for (const side of sides) {
      const start = performance.now();
      await side.run();
      if (round >= 0) side.least = Math.min(side.least, performance.now() - start);
    }
  for (const { release } of sides) await release();
  return sides.map(({ name, least }) => [name, Number(least.toPrecision(3))]);
}

function convolutionShape(
  batch: number,
  [inputs, outputs, kernel, stride, side]: MeasuredConvolution["shape"],
): ConvolutionShape {
  const padding = kernel >> 1;
  const output = pooledLength(side, { kernel, stride, padding });
  const maps = { height: side, width: side, outputHeight: output, outputWidth: output };
  return { batch, inputChannels: inputs, outputChannels: outputs, kernel, stride, padding, ...maps };
}

function line({ layout, shape, ...gradients }: MeasuredConvolution): string {
  const [inputs, outputs, kernel, stride, side] = shape;
  const times = Object.values(gradients)
    .filter((gradient) => Object.keys(gradient).length > 0)
    .map((gradient) =>
      Object.entries(gradient)
        .sort(([, a], [, b]) => a - b)
        .map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(2)}`)
        .join("  "),
    );
  const what = `${layout.padEnd(8)}${inputs} to ${outputs}, ${kernel}x${kernel}/${stride} on ${side}x${side}`;
  return `${what.padEnd(40)}${times.join("   |   ")}`;
}

function source(rows: readonly MeasuredConvolution[], batch: number): string {
  return [
    'import type { Layout } from "../../layout.ts";',
    "",
    "/** One convolution on square maps: milliseconds of each kernel of its gradients. */",
    "export interface MeasuredConvolution {",
    "  readonly layout: Layout;",
    "  /** in, out, side of the kernel, stride, side of the input */",
    "  readonly shape: readonly [number, number, number, number, number];",
    "  readonly weightGradient: Readonly<Record<string, number>>;",
    "  /** Where there is a choice. */",
    "  readonly inputGradient: Readonly<Record<string, number>>;",
    "}",
    "",
    "/**",
    " * What `kernels.ts` chooses by. Written by `npm run bench -- kernels --write` at batch",
    ` * ${batch}; ${cpus()[0]?.model.trim()}, ${cpus().length} cores.`,
    " */",
    "// biome-ignore format: one convolution a line",
    "export const measured: readonly MeasuredConvolution[] = [",
    ...rows.map((row) => `  ${asCode(row)},`),
    "];",
    "",
  ].join("\n");
}

/** One row as code. */
function asCode({ layout, shape, weightGradient, inputGradient }: MeasuredConvolution): string {
  const times = (gradient: Readonly<Record<string, number>>) => {
    const entries = Object.entries(gradient).map(([name, milliseconds]) => `${name}: ${milliseconds}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  };
  const gradients = `weightGradient: ${times(weightGradient)}, inputGradient: ${times(inputGradient)}`;
  return `{ layout: "${layout}", shape: [${shape.join(", ")}], ${gradients} }`;
}
