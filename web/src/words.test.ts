import { describe, expect, it } from "vitest";
import { falseAlarmWords, fileSize, percent, perHundred } from "./words.ts";

describe("words", () => {
  it("never claims certainty", () => {
    expect([0, 0.004, 0.5, 0.974, 0.996, 1].map(percent)).toEqual([
      "under 1 %",
      "under 1 %",
      "50 %",
      "97 %",
      "over 99 %",
      "over 99 %",
    ]);
  });

  it("counts false alarms as people do", () => {
    expect([0, 0.001, 0.0096, 0.05, 0.33].map(falseAlarmWords)).toEqual([
      "none of the genuine pictures",
      "about 1 in 1,000 genuine pictures",
      "about 1 in 100 genuine pictures",
      "about 1 in 20 genuine pictures",
      "about 33 in 100 genuine pictures",
    ]);
  });

  it("counts of a hundred in as many digits as help", () => {
    expect([0, 0.004, 0.0524, 0.354, 0.9895, 1].map(perHundred)).toEqual(["0", "0.4", "5.2", "35", "99", "100"]);
  });

  it("says sizes in the unit that fits", () => {
    expect([12, 20_480, 3_400_000].map(fileSize)).toEqual(["12 bytes", "20 KB", "3.2 MB"]);
  });
});
