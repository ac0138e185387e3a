import { UserError } from "../../core/errors.ts";
import type { Logits } from "../scores.ts";

/** Throws UserError where nothing can be calibrated. */
export function requireBothClasses({ labels }: Pick<Logits<"calibration">, "labels">): void {
  const fakes = labels.reduce((sum, label) => sum + label, 0);
  const missing = fakes === 0 ? "no fake" : fakes === labels.length ? "no genuine picture" : undefined;
  if (missing === undefined) return;
  throw new UserError(
    "bad-dataset",
    `The calibration part has ${missing} among ${labels.length} pictures: no probability can be fitted on it. Add pictures (and groups, so that they can be split), or choose another --seed.`,
  );
}
