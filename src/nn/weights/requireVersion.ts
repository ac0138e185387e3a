import { UserError } from "../../core/errors.ts";

interface Choice {
  readonly name: string;
  readonly options: unknown;
}

/** torchvision's and timm's ResNet-50 halve the size in the 3x3 convolution. */
const foreign = "v1.5";

/**
 * v1 and v1.5 of a ResNet have the same tensors and compute different things with them: weights of one are refused in
 * the other. `trained`: what a file of Assay's own says of itself; undefined for other libraries' files.
 */
export function requireVersion(trained: Choice | undefined, wanted: Choice, where: string): void {
  const asked = versionOf(wanted);
  if (asked === undefined) return;
  const version = trained === undefined ? foreign : (versionOf(trained) ?? asked);
  if (version === asked) return;
  const whose = trained === undefined ? "is of torchvision's kind, which is" : "was trained as";
  throw new UserError(
    "bad-model",
    `${where} ${whose} version ${version} of ${wanted.name}, and the recipe asks for ${asked}, which computes something else with the same tensors. Set "version": "${version}" in the options of the recipe's "architecture".`,
  );
}

function versionOf({ options }: Choice): unknown {
  const { version, of } = (options ?? {}) as { version?: unknown; of?: Choice };
  return version ?? (of && versionOf(of));
}
