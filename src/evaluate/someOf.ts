import { createRng } from "../core/rng.ts";
import type { Label, Sample } from "../core/sample.ts";

/**
 * At most `limit` pictures of each class, the same ones every time: each picture's place in the draw comes from its
 * SHA-256. What a manifest says of app, operation and laundering is drawn in its proportions: within a class the
 * pictures are sorted by these words and every k-th is taken, from a start that the draw decides.
 */
export function someOf(samples: readonly Sample[], limit: number): readonly Sample[] {
  const chosen = new Set((["real", "fake"] as const).flatMap((label) => spread(samples, label, limit)));
  return chosen.size === samples.length ? samples : samples.filter((sample) => chosen.has(sample));
}

function spread(samples: readonly Sample[], label: Label, limit: number): Sample[] {
  const key = ({ facts = {}, sha256 }: Sample) =>
    [facts.scenario, facts.laundering, facts.operation, facts.app, createRng(`some/${sha256}`).bits()].join("\n");
  const sorted = samples
    .filter((sample) => sample.label === label)
    .map((sample) => ({ sample, at: key(sample) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ sample }) => sample);
  if (sorted.length <= limit) return sorted;
  const step = sorted.length / limit;
  const start = createRng(`some/${label}/${sorted.length}`).uniform() * step;
  return Array.from({ length: limit }, (_, i) => sorted[Math.min(sorted.length - 1, Math.floor(start + i * step))]!);
}
