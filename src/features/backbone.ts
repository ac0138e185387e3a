import { createHash } from "node:crypto";
import { type NetworkRecipe, splitNetwork } from "../nn/build.ts";
import type { NamedTensors } from "../nn/network.ts";
import { requireTensors } from "../nn/tensors.ts";
import { elementCount } from "../onnx/graph.ts";
import { createSession, type Session } from "../onnx/session.ts";

/** The part of a network before its head, with fixed weights: a picture goes in, the vector that the head sees comes out. */
export interface Backbone {
  /** Numbers of a vector. */
  readonly width: number;
  /** Of the graph with its weights: whatever changes a vector changes it; options of the head do not. */
  readonly sha256: string;
  /** Whether there are weights at all: without any, it is a formula. */
  readonly hasWeights: boolean;
  /** x [rows, channels, height, width] -> [rows, width]; the graph is opened at the first call. */
  compute(x: Float32Array, rows: number): Promise<Float32Array>;
  release(): Promise<void>;
}

/** `tensors`: at least those of the backbone. The weights stand in the graph, where ONNX Runtime folds and reorders them once. */
export function openBackbone(
  network: NetworkRecipe,
  tensors: NamedTensors,
  { threads }: { readonly threads?: number } = {},
): Backbone {
  const { graph, net, pooled } = splitNetwork(network, "inference", "batch").backbone;
  requireTensors(net, tensors);
  graph.output(pooled, "pooled");
  const names = [...net.parameters, ...net.statistics].map(({ name }) => name);
  const model = () => graph.toModel({ initializers: Object.fromEntries(names.map((name) => [name, tensors[name]!])) });
  const width = pooled.shape[1] as number;
  const { channels, height, width: columns } = network.input;
  let session: Promise<Session> | undefined;
  return {
    width,
    sha256: createHash("sha256").update(model()).digest("hex"),
    hasWeights: names.some((name) => elementCount(tensors[name]!.shape) > 0),
    async compute(x, rows) {
      session ??= createSession(model(), threads === undefined ? {} : { threads });
      const vectors = new Float32Array(rows * width);
      await (await session).run(
        { x: { shape: [rows, channels, height, columns], data: x } },
        { pooled: { shape: [rows, width], data: vectors } },
      );
      return vectors;
    },
    release: async () => (await session)?.release(),
  };
}
