import { UserError } from "../core/errors.ts";
import { sameShape } from "../onnx/graph.ts";
import type { NamedTensors, TensorData } from "../onnx/tensor.ts";

/**
 * All that training changes, and nothing else: what a checkpoint writes down. The names say whose a tensor is:
 * `network/<tensor>`, `optimizer/<slot>/<parameter>`.
 */
export interface TrainerState {
  /** Updates done. */
  readonly step: number;
  readonly tensors: NamedTensors;
}

/** The same tensors under names that begin with `prefix/`. */
export function under(prefix: string, tensors: NamedTensors): NamedTensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]));
}

/** Copies a saved state's numbers into the tensors of the same names; a UserError where it does not fit, and then nothing changes. */
export function copyState(saved: TrainerState, own: NamedTensors): void {
  const wanted = Object.entries(own);
  const fits = (found: TensorData | undefined, { shape, data }: TensorData) =>
    found !== undefined && sameShape(found.shape, shape) && found.data.length === data.length;
  const unfit = wanted.filter(([name, tensor]) => !fits(saved.tensors[name], tensor)).map(([name]) => name);
  const unknown = Object.keys(saved.tensors).filter((name) => !Object.hasOwn(own, name));
  if (unfit.length + unknown.length > 0)
    throw new UserError(
      "bad-model",
      `The saved state does not fit this run: of ${wanted.length} tensors ${unfit.length} are missing or of another ` +
        `size, and ${unknown.length} are unknown (first: ${unfit[0] ?? unknown[0]}). ` +
        "Resume with the recipe that it was made with, or start a new run.",
    );
  if (!Number.isInteger(saved.step) || saved.step < 0)
    throw new UserError(
      "bad-model",
      `The saved state does not fit this run: its number of steps is ${saved.step}, which is no count. ` +
        "The checkpoint is damaged; start a new run.",
    );
  for (const [name, { data }] of wanted) data.set(saved.tensors[name]!.data);
}
