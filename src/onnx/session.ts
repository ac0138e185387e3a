import { InferenceSession, Tensor } from "onnxruntime-node";
import type { NamedTensors } from "./tensor.ts";

/** A model ready to run. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Computes the outputs that `fetches` names, into the very arrays given there. Blocks the thread while it works. */
  run(feeds: NamedTensors, fetches: NamedTensors): Promise<void>;
  /** Computes these outputs into new arrays, where their sizes are not known beforehand. */
  compute(feeds: NamedTensors, outputs: readonly string[]): Promise<NamedTensors>;
  release(): Promise<void>;
}

/** Opens a model from its bytes. `threads`: of one run; by default as many as there are cores. */
export async function createSession(model: Uint8Array, options: { threads?: number } = {}): Promise<Session> {
  const session = await InferenceSession.create(model, {
    graphOptimizationLevel: "all",
    intraOpNumThreads: options.threads ?? 0,
    interOpNumThreads: 1,
    // A plan of the memory keeps what the first run took beside what the plan takes: a third more at the peak, no faster.
    enableMemPattern: false,
  });
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (feeds, fetches) => {
      await session.run(wrap(feeds), wrap(fetches));
    },
    compute: async (feeds, outputs) => {
      const results = await session.run(wrap(feeds), outputs);
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims }]) => [name, { data: data as Float32Array, shape: dims }]),
      );
    },
    release: () => session.release(),
  };
}

/** Tensors over the same memory: nothing is copied. */
function wrap(tensors: NamedTensors): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { data, shape }]) => [name, new Tensor("float32", data, shape)]),
  );
}
