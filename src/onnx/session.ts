import { InferenceSession, Tensor } from "onnxruntime-node";
import type { NamedTensors } from "./tensor.ts";

/** A model ready to run. */
export interface Session {
  /** As the model names them. */
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Computes the outputs that `fetches` names, into the very arrays given there. Blocks the thread while it works. */
  run(feeds: NamedTensors, fetches: NamedTensors): Promise<void>;
  /** Computes these outputs into new arrays, where their sizes are not known beforehand. */
  compute(feeds: NamedTensors, outputs: readonly string[]): Promise<NamedTensors>;
  /** Frees its memory; nothing runs after it. */
  release(): Promise<void>;
}

/**
 * A model's first output of this name makes `run` write the others where the caller wants them, and nothing else.
 *
 * onnxruntime-node 1.30 copies each output into a new array after it has written it into the caller's: for the
 * gradients of a ResNet-50 that is 100 MB of fresh pages a step (27 ms for every 51 MB, docs/results/engine.md). It
 * goes through the outputs in order and gives up with an error at the first that it cannot turn into an array, which a
 * sequence is: then everything has been computed and written, and nothing copied.
 * A version that hands sequences over will raise no error, and the numbers stand in the same place.
 */
export const nothingCopied = "nothing copied";
const cannotHandOver = /non tensor type/i;

/** Opens a model from its bytes. `threads`: of one run; by default as many as there are cores. */
export async function createSession(model: Uint8Array, options: { threads?: number } = {}): Promise<Session> {
  const session = await InferenceSession.create(model, {
    graphOptimizationLevel: "all",
    intraOpNumThreads: options.threads ?? 0,
    interOpNumThreads: 1,
    // Numbers below 1e-38 are 0: a fitted network's gradients are full of them, and they cost 3 % of a step.
    extra: { session: { set_denormal_as_zero: "1" } },
    // A plan of the memory keeps what the first run took beside what the plan takes: a third more at the peak, no faster.
    enableMemPattern: false,
  });
  const marked = session.outputNames[0] === nothingCopied;
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (feeds, fetches) => {
      if (!marked) return void (await session.run(wrap(feeds), wrap(fetches)));
      await session.run(wrap(feeds), { [nothingCopied]: null, ...wrap(fetches) }).catch((error: unknown) => {
        if (!(error instanceof Error && cannotHandOver.test(error.message))) throw error;
      });
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
