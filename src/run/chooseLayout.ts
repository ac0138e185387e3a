import { UserError } from "../core/errors.ts";
import { blockWidth } from "../onnx/blockWidth.ts";

export type LayoutChoice = "blocked" | "portable";

/**
 * How the network is laid for training: blocked where the machine can and nothing else was asked for.
 * A UserError where blocked was asked for in vain; a sentence where a run will take longer than elsewhere.
 */
export async function chooseLayout(
  asked: LayoutChoice | undefined,
  width: Promise<number> = blockWidth(),
): Promise<{ layout: LayoutChoice; sentence?: string }> {
  if (asked === "portable") return { layout: "portable" };
  if ((await width) > 0) return { layout: "blocked" };
  const why = "ONNX Runtime has no blocked kernels for this machine's processor (they need AVX2 or AVX-512)";
  if (asked === "blocked")
    throw new UserError(
      "bad-options",
      `${why}. Leave --layout out, or pass --layout portable: the same results, a training step takes longer.`,
    );
  return {
    layout: "portable",
    sentence: `${why}: the portable graph is trained instead, with the same results in more time.`,
  };
}
