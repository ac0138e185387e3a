import { describe, expect, it } from "vitest";
import { exampleMetadata } from "../../test/exampleMetadata.ts";
import { wilson } from "../metrics/wilson.ts";
import { operatingPointInWords, perThousand, prevalenceInWords, proofInSentences } from "./rareWords.ts";

const { operatingPoint } = exampleMetadata({
  architecture: { name: "smallcnn", options: {} },
  input: { channels: 3, height: 8, width: 8 },
});
const rule = (name: string, more: object = {}) => ({ ...operatingPoint, rule: { name, options: {}, ...more } });
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("in words", () => {
  it.each([
    [operatingPoint, "the lowest threshold with at most 1 % false alarms on validation"],
    [rule("falseAlarmRate"), "the lowest threshold with at most 1 % false alarms on validation"],
    [
      rule("cost", { options: { missedFake: 200, falseAlarm: 1 }, prevalence: 1 / 501 }),
      "the least expected cost, where a missed fake costs 200 and a false alarm 1, at 1:500: p ≥ 0.00498 (Elkan, 2001)",
    ],
    [rule("budget", { budget: 0.004 }), "the lowest threshold with at most 4 alarms in 1,000 pictures of validation"],
    [rule("f1", { prevalence: 1 / 11 }), "the threshold with the highest F1 on validation, at 1:10"],
  ])("how a threshold was chosen: %#", (chosen, words) => {
    expect(plain(operatingPointInWords(chosen))).toBe(words);
  });

  it("what genuine pictures vouch for, and what the claim takes", () => {
    const proof = (alarms: number, real: number, atMost: number) => ({ alarms, real, atMost });
    expect(plain(proofInSentences(proof(1, 123, 0.038), operatingPoint))).toBe(
      "1 false alarm in 123 genuine pictures leaves a rate of up to 3.8 % possible (95 %, one-sided). To claim at most 1 % takes 0 alarms in 299.",
    );
    expect(proofInSentences(proof(0, 299, 0.01), operatingPoint)).toMatch(
      /^0 false alarms in 299 genuine pictures leave /,
    );
    expect(proofInSentences(proof(0, 0, 1), operatingPoint)).toMatch(/^Without genuine pictures nothing is known/);
    // Of another rule the rate that it had on validation, or 1 % where it had none.
    const had = (alarms: number) => ({ ...rule("f1"), falseAlarmRate: wilson(alarms, 1000) });
    expect(plain(proofInSentences(proof(0, 10, 0.26), had(1)))).toMatch(/at most 0\.1 % takes 0 alarms in 2,995\.$/);
    expect(plain(proofInSentences(proof(0, 10, 0.26), had(0)))).toMatch(/at most 1 % takes 0 alarms in 299\.$/);
  });

  it("which share of fakes figures are for", () => {
    expect(plain(prevalenceInWords({ share: 0.25, ratio: "1:3", from: "pictures" }))).toMatch(
      /as they are: 25 % .*\(1:3\)/,
    );
    expect(plain(prevalenceInWords({ share: 0, from: "pictures" }))).toMatch(/0 % of them are fakes \(no fake\)/);
    expect(prevalenceInWords({ share: 1 / 51, ratio: "1:50", from: "dataset" })).toMatch(/1:50.*they are weighted/);
    const asked = { share: 1 / 501, ratio: "1:500", from: "asked" } as const;
    expect(prevalenceInWords(asked)).toMatch(/probabilities are as the model gives them/);
    expect(prevalenceInWords({ ...asked, movedFrom: 0.1 })).toMatch(
      /moved there from 1:9, so that every verdict stays/,
    );
  });

  it("alarms in a thousand pictures", () => {
    expect([0.01, 0.004, 0.0005, 1 / 3].map(perThousand)).toEqual(["10", "4", "0.5", "333"]);
  });
});
