import { UserError } from "../core/errors.ts";
import type { Rng } from "../core/rng.ts";
import { elementCount } from "../onnx/graph.ts";
import { createSession, nothingCopied } from "../onnx/session.ts";
import type { LivingTensor, NamedTensors } from "../onnx/tensor.ts";
import type { BuiltNetwork } from "./build.ts";
import { fillMask, gradientName, nextName, soFarName } from "./trainingGraph.ts";

/** The rows of one step. */
export interface Batch {
  /** [batch, c, h, w] */
  x: Float32Array;
  /** 1 for fake, 0 for real   // [batch] */
  labels: Float32Array;
  /** Factor on each row's loss; 1 where absent   // [batch] */
  weights?: Float32Array;
  /** Of networks with a map: 1 where a cell was edited, and the factor on its loss, 0 where nobody knows; weights are 0 where both are absent   // [batch, h', w'] */
  cells?: { readonly edited: Float32Array; readonly weights: Float32Array };
}

/** What a step found, before its update. */
export interface StepResult {
  /** Mean over the rows of weight times loss. */
  readonly loss: number;
  /** Euclidean, of all gradients together. */
  readonly gradientNorm: number;
  /** In training mode, with dropout; overwritten by the next step   // [batch] */
  readonly logits: Float32Array;
}

/** From a batch to the gradient of its loss, in one run of the training graph or in several. */
export interface BackwardPass {
  /** Fills `gradients` and `statistics`; changes nothing of `tensors`. */
  run(batch: Batch, tensors: NamedTensors, rng: Rng): Promise<StepResult>;
  /** Of the parameters that learn, in their order; overwritten by the next run. */
  readonly gradients: readonly LivingTensor[];
  /** The running statistics after the step, where they move; overwritten by the next run. */
  readonly statistics: NamedTensors;
  release(): Promise<void>;
}

/**
 * `network`: with its training graph laid for batchSize / passes rows. The gradients of all passes are added up in one
 * set of buffers; a running statistic moves with every pass.
 */
export async function openBackwardPass(
  { graph, net }: BuiltNetwork,
  { batchSize, passes, threads }: { batchSize: number; passes: number; threads?: number },
): Promise<BackwardPass> {
  const session = await createSession(
    graph.toModel({ sequence: nothingCopied }),
    threads === undefined ? {} : { threads },
  );
  const rows = batchSize / passes;
  const shape = graph.inputs.find(({ name }) => name === "x")!.shape as number[];
  const row = elementCount(shape.slice(1));

  const gradients = net.learning.map(({ shape }) => zeros(shape));
  const moving = net.statistics.filter(({ name }) => net.updates.has(name));
  const [statistics, next] = [0, 1].map(() =>
    Object.fromEntries(moving.map(({ name, shape }) => [name, zeros(shape)])),
  );
  const gradientShapes = net.learning.map(({ name }) => {
    // The graph may give the numbers in another shape, such as a matrix for a 1x1 kernel.
    const { shape } = graph.outputs.find((output) => output.name === gradientName(name))!;
    return shape as number[];
  });
  const fetches = () => ({
    ...figures,
    ...Object.fromEntries(
      net.learning.map(({ name }, i) => [gradientName(name), { shape: gradientShapes[i]!, data: gradients[i]!.data }]),
    ),
    ...Object.fromEntries(Object.entries(next!).map(([name, tensor]) => [nextName(name), tensor])),
  });
  const figures = { loss: zeros([]), gradientNorm: zeros([]) };
  // The graph adds to a gradient where it stands: each is read by the one node that writes it, number by number.
  const soFar = Object.fromEntries(net.learning.map(({ name }, i) => [soFarName(name), gradients[i]!]));
  // Masks are drawn for the whole batch, so that a row's does not depend on the number of passes.
  const masks = net.masks.map(({ name, shape, rate }) => {
    const [, ...rest] = shape as number[];
    return { name, rate, shape: shape as number[], width: elementCount(rest), data: zeros([batchSize, ...rest]).data };
  });
  const logits = new Float32Array(batchSize);
  const evenWeights = new Float32Array(batchSize).fill(1);
  const mapShape = (graph.inputs.find(({ name }) => name === "cells")?.shape ?? []) as number[];
  const mapRow = elementCount(mapShape.slice(1));
  const unknownCells = () => ({ edited: zeros([batchSize, mapRow]).data, weights: zeros([batchSize, mapRow]).data });

  return {
    gradients,
    statistics: statistics!,
    async run({ x, labels, weights = evenWeights, cells = unknownCells() }, tensors, rng) {
      requireRows(x, batchSize, row);
      for (const { name, rate, data } of masks) fillMask(data, rate, rng.fork(name));
      for (const [name, { data }] of Object.entries(statistics!)) data.set(tensors[name]!.data);
      if (passes > 1) for (const { data } of gradients) data.fill(0);
      let loss = 0;
      for (let start = 0; start < batchSize; start += rows) {
        const part = (data: Float32Array, width = 1) => data.subarray(start * width, (start + rows) * width);
        const feeds = {
          ...tensors,
          ...statistics,
          ...(passes > 1 && soFar),
          ...Object.fromEntries(
            masks.map(({ name, shape, width, data }) => [name, { shape, data: part(data, width) }]),
          ),
          x: { shape, data: part(x, row) },
          labels: { shape: [rows], data: part(labels) },
          sampleWeights: { shape: [rows], data: part(weights) },
          ...(mapShape.length > 0 && {
            cells: { shape: mapShape, data: part(cells.edited, mapRow) },
            cellWeights: { shape: mapShape, data: part(cells.weights, mapRow) },
          }),
        };
        await session.run(feeds, { ...fetches(), logits: { shape: [rows], data: part(logits) } });
        loss += figures.loss.data[0]!;
        for (const [name, { data }] of Object.entries(statistics!)) data.set(next![name]!.data);
      }
      return { loss, gradientNorm: figures.gradientNorm.data[0]!, logits };
    },
    release: () => session.release(),
  };
}

function zeros(shape: readonly number[]): LivingTensor {
  return { shape, data: new Float32Array(elementCount(shape)) };
}

export function requireRows(x: Float32Array, rows: number, row: number): void {
  if (x.length === rows * row) return;
  throw new UserError(
    "internal",
    `A batch of ${rows} rows needs ${rows * row} numbers (${row} a row), but ${x.length} came. ` +
      "Training steps take exactly batchSize rows; leave out or fill up the last, smaller batch.",
  );
}
