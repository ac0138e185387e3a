import type { FieldName } from "../layout.ts";

/** What the apps of one language say. Lists are alternatives: a release picks one of each. */
export interface Language {
  readonly labels: Readonly<Record<Exclude<FieldName, "qr">, readonly string[]>>;
  readonly titles: readonly string[];
  readonly buttons: readonly (readonly string[])[];
  /** Beside the mini-QR. */
  readonly scan: readonly string[];
  /** Three steps of a transfer. */
  readonly steps: readonly [string, string, string];
  readonly footers: readonly string[];
  readonly promos: readonly (readonly [string, string])[];
  readonly notes: readonly string[];
  readonly givenNames: readonly string[];
  readonly familyNames: readonly string[];
  readonly nameOrder: "givenFirst" | "familyFirst";
  /** Banks that people of these apps send to. */
  readonly otherBanks: readonly string[];
  /** Short, January first. */
  readonly months: readonly string[];
}
