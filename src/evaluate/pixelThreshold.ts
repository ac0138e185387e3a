import type { Samples } from "../core/sample.ts";
import type { ProtocolName } from "../data/protocols.ts";
import { choosePixelThreshold, partCountsOf } from "../metrics/localisation.ts";
import type { PixelCounts } from "../metrics/pixelCounts.ts";
import type { Scorer } from "./scorePictures.ts";
import { someOf } from "./someOf.ts";

/** Fakes that the threshold is chosen on: its mean F1 hardly moves with more. */
const enough = 200;

/** The pixel threshold with the best mean F1 over validation's fakes, at most 200 of them; undefined without masks. */
export async function pixelThresholdOn(
  validation: Samples<"validation">,
  scorer: Scorer,
  protocol: ProtocolName,
  onProgress?: (done: number, of: number) => void,
): Promise<number | undefined> {
  const fakes = validation.filter(({ label, mask }) => label === "fake" && mask !== undefined);
  const some = someOf(fakes, enough);
  const answers = await scorer.score(some, { protocol, localise: true, ...(onProgress && { onProgress }) });
  const counted = some.filter((_, i) => answers[i]!.counts !== undefined);
  const counts = answers.flatMap(({ counts }): PixelCounts[] => (counts === undefined ? [] : [counts]));
  return choosePixelThreshold(partCountsOf(counted as unknown as Samples<"validation">, counts));
}
