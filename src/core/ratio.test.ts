import { describe, expect, it } from "vitest";
import { parseRatio, showRatio } from "./ratio.ts";

describe("a ratio", () => {
  it("is read as genuine pictures for each fake", () => {
    expect(parseRatio("1:50")).toBe(50);
    expect(parseRatio(" 1:12.5 ")).toBe(12.5);
  });

  it.each(["50", "1:0", "1:-3", "2:50", "1:", "1:1e3", ""])("refuses %j with a sentence", (text) => {
    expect(() => parseRatio(text, "prevalence")).toThrow(
      `The prevalence "${text}" is not of the form 1:k, one fake for k genuine pictures and k above 0, such as 1:10.`,
    );
  });

  it("is shown as people write it", () => {
    expect(showRatio(1000)).toBe("1:1,000");
    expect(showRatio(12.34)).toBe("1:12.3");
    expect(showRatio(10)).toBe("1:10");
  });
});
