import { UserError } from "../core/errors.ts";
import { elementCount, sameShape } from "../onnx/graph.ts";
import type { NamedTensors } from "../onnx/tensor.ts";
import type { NetworkBuilder } from "./builder.ts";

/** Throws a UserError that names the first differences unless every tensor of the network is there, in its shape. */
export function requireTensors(net: NetworkBuilder, tensors: NamedTensors): void {
  const wanted = [...net.parameters, ...net.statistics];
  const complaints = wanted.flatMap(({ name, shape }) => {
    const found = tensors[name];
    if (found === undefined) return [`${name} [${shape.join(", ")}] is missing`];
    if (!sameShape(found.shape, shape) || found.data.length !== elementCount(shape))
      return [`${name} has shape [${found.shape.join(", ")}] instead of [${shape.join(", ")}]`];
    return [];
  });
  if (complaints.length === 0) return;
  const first = complaints.slice(0, 3).join("; ");
  const more = complaints.length > 3 ? `; and ${complaints.length - 3} more` : "";
  throw new UserError(
    "bad-model",
    `The weights do not fit the network: ${first}${more}. ` +
      "Use the architecture, options and input size that they were trained with.",
  );
}

/** Copies numbers into the tensors of the same names; both have been checked. */
export function copyTensors(from: NamedTensors, into: NamedTensors): void {
  for (const [name, { data }] of Object.entries(into)) data.set(from[name]!.data);
}
