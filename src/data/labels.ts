import type { Label } from "../core/sample.ts";

/** Words for the two classes, as folders and as labels in a table; upper and lower case and a plural s are one. */
const labelWords: Readonly<Record<Label, readonly string[]>> = {
  real: ["real", "authentic", "au", "original", "genuine", "0"],
  fake: ["fake", "tampered", "tp", "sp", "forged", "edited", "1"],
};

/** `Authentics` -> real, `Tp` -> fake; undefined for every other word. */
export function labelOfWord(word: string): Label | undefined {
  const plain = word.trim().toLowerCase();
  const isOneOf = (words: readonly string[]) => words.includes(plain) || words.includes(plain.replace(/s$/, ""));
  if (isOneOf(labelWords.real)) return "real";
  return isOneOf(labelWords.fake) ? "fake" : undefined;
}

/** `real (or authentic, au, …) and fake (or …)`, for errors. */
export function labelWordsInWords(): string {
  const words = (label: Label) =>
    `${label} (or ${labelWords[label].filter((w) => w !== label && !/\d/.test(w)).join(", ")})`;
  return `${words("real")} and ${words("fake")}`;
}
