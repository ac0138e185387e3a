import type { Calibrator } from "./calibrator.ts";
import { requireBothClasses } from "./requireBothClasses.ts";

/** A never falling line through points: logits rising, each with its probability. */
export interface Steps {
  readonly logits: readonly number[];
  readonly probabilities: readonly number[];
}

/**
 * The never falling p(z) with the least squared error: neighbours in the wrong order are pooled until none is left.
 * Between two points it runs straight, beyond the first and last it stays.
 */
export const isotonic = {
  summary: "Any rising line: needs hundreds of fakes, and makes ties",
  cite: "Zadrozny and Elkan, Transforming Classifier Scores into Accurate Multiclass Probability Estimates, 2002; pooling: Ayer et al., 1955",
  fit(calibration) {
    requireBothClasses(calibration);
    const { labels, logits } = calibration;
    const order = Uint32Array.from(logits, (_, i) => i).sort((a, b) => logits[a]! - logits[b]!);
    const blocks: { first: number; last: number; sum: number; n: number }[] = [];
    for (const i of order) {
      const z = logits[i]! + 0; // -0 is 0
      const previous = blocks.at(-1);
      // Equal logits are one point from the start.
      if (previous !== undefined && previous.last === z) {
        previous.sum += labels[i]!;
        previous.n++;
      } else blocks.push({ first: z, last: z, sum: labels[i]!, n: 1 });
    }
    const pooled: typeof blocks = [];
    for (const block of blocks) {
      let current = block;
      for (let last = pooled.at(-1); last !== undefined && last.sum * current.n >= current.sum * last.n; ) {
        current = { first: last.first, last: current.last, sum: last.sum + current.sum, n: last.n + current.n };
        pooled.pop();
        last = pooled.at(-1);
      }
      pooled.push(current);
    }
    const ends = pooled.flatMap(({ first, last, sum, n }) =>
      first === last ? [[first, sum / n] as const] : [[first, sum / n] as const, [last, sum / n] as const],
    );
    return { logits: ends.map(([z]) => z), probabilities: ends.map(([, p]) => p) };
  },
  probability(logit, { logits, probabilities }) {
    const next = logits.findIndex((z) => z >= logit);
    if (next === -1) return probabilities.at(-1)!;
    if (next === 0 || logits[next] === logit) return probabilities[next]!;
    const share = (logit - logits[next - 1]!) / (logits[next]! - logits[next - 1]!);
    return probabilities[next - 1]! + share * (probabilities[next]! - probabilities[next - 1]!);
  },
} satisfies Calibrator<Steps>;
