import { UserError } from "../../core/errors.ts";
import { elementCount, sameShape } from "../../onnx/graph.ts";
import type { NamedTensors, TensorData } from "../../onnx/tensor.ts";
import { spreadOverPlanes } from "./inputChannels.ts";
import { firstConvolution, isHead, isLeftOut } from "./names.ts";
import { recogniseArchitecture } from "./recognise.ts";

/** A tensor that a network declares. */
export interface Wanted {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface Adoption {
  /** In the network's shapes. */
  readonly tensors: NamedTensors;
  readonly adopted: readonly string[];
  /** Those of the head, where the file has no head of ours: they keep their random start. */
  readonly fresh: readonly string[];
}

/**
 * Weights of another file for a network, by torchvision's names. All must be there and fit, save the head, which may
 * be missing as a whole; a first convolution for three planes is spread over as many as are wanted. Throws UserError
 * bad-model, naming `where`, how many tensors differ and which.
 */
export function adoptWeights(found: NamedTensors, wanted: readonly Wanted[], where: string): Adoption {
  const known = new Set(wanted.map(({ name }) => name));
  const unknown = Object.keys(found).filter((name) => !known.has(name) && !isLeftOut(name));
  const hasHead = Object.keys(found).some(isHead);
  const required = wanted.filter(({ name }) => hasHead || !isHead(name));
  const tensors: Record<string, TensorData> = {};
  const missing: string[] = [];
  const unfit: string[] = [];
  for (const { name, shape } of required) {
    const own = found[name];
    const tensor = own && adapted(name, own, shape);
    if (tensor !== undefined) tensors[name] = tensor;
    else (own === undefined ? missing : unfit).push(name);
  }
  const adopted = Object.keys(tensors);
  if (missing.length + unfit.length + unknown.length > 0 || adopted.length === 0) {
    const shapeOf = new Map(wanted.map(({ name, shape }) => [name, shape]));
    const shapes = unfit.map(
      (name) => `${name} is [${found[name]!.shape.join(", ")}] and should be [${shapeOf.get(name)!.join(", ")}]`,
    );
    const complaints = [
      ...listed(missing, `of its ${required.length} tensors are missing`),
      ...listed(shapes, "have another shape"),
      ...listed(unknown, "are unknown"),
    ];
    const step = nextStep(found, { missing, unfit, unknown, adopted });
    throw new UserError(
      "bad-model",
      `${where} does not fit the network: ${complaints.join("; ") || "it holds none of its tensors"}. ${step}`,
    );
  }
  return { tensors, adopted, fresh: wanted.map(({ name }) => name).filter((name) => !Object.hasOwn(tensors, name)) };
}

function adapted(name: string, tensor: TensorData, shape: readonly number[]): TensorData | undefined {
  if (tensor.data.length !== elementCount(tensor.shape)) return undefined;
  if (sameShape(tensor.shape, shape)) return tensor;
  const [out, planes, ...kernel] = shape as [number, number, ...number[]];
  if (name === firstConvolution && sameShape(tensor.shape, [out, 3, ...kernel]))
    return spreadOverPlanes(tensor, planes);
  return undefined;
}

/** "12 are missing (a, b, c and 9 more)" */
function listed(names: readonly string[], what: string): string[] {
  if (names.length === 0) return [];
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return [`${names.length} ${what} (${names.slice(0, 3).join(", ")}${more})`];
}

function nextStep(
  found: NamedTensors,
  { missing, unfit, unknown, adopted }: Record<"missing" | "unfit" | "unknown" | "adopted", readonly string[]>,
): string {
  const isOtherBody = [...missing, ...unfit].some((name) => !isHead(name));
  const recognised = isOtherBody ? recogniseArchitecture(found) : undefined;
  if (recognised !== undefined)
    return `It holds the weights of ${recognised} at its default options: set "architecture": { "name": "${recognised}" } in the recipe, or pass weights of this network.`;
  if (adopted.length + unfit.length === 0)
    return "Pass a file with torchvision's or timm's names for this architecture, or a model of Assay's own.";
  if (missing.length + unknown.length === 0)
    return 'Give "architecture" in the recipe the options that these weights were trained with (width, headUnits), or pass other weights.';
  return "Pass the whole file of this very architecture, as torchvision, timm or assay export write it.";
}
