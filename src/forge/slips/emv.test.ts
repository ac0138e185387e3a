import { describe, expect, it } from "vitest";
import fc from "../../../test/fc.ts";
import { buildEmv, crc16, type Element, parseElements, parseEmv } from "./emv.ts";

const tag = fc.integer({ min: 0, max: 89 }).map((n) => String(n).padStart(2, "0"));
const elements: fc.Arbitrary<Element[]> = fc.uniqueArray(
  fc.tuple(tag, fc.string({ maxLength: 99, unit: "grapheme-ascii" })),
  {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 6,
  },
);

describe("crc16", () => {
  it("gives the check value of CRC-16/CCITT-FALSE", () => {
    expect(crc16("123456789")).toBe("29B1");
    expect(crc16("")).toBe("FFFF");
  });
});

describe("buildEmv", () => {
  it("is read back as it was built, CRC right", () => {
    fc.assert(
      fc.property(elements, (given) => {
        const read = parseEmv(buildEmv(given, "91"))!;
        expect(read.crcRight).toBe(true);
        expect([...read.elements].slice(0, -1)).toEqual(given);
        expect([...read.elements.keys()].at(-1)).toBe("91");
      }),
    );
  });

  it("puts elements within elements", () => {
    const code = buildEmv(
      [
        [
          "00",
          [
            ["00", "000001"],
            ["01", "004"],
          ],
        ],
        ["51", "TH"],
      ],
      "91",
    );
    expect(code.slice(0, -4)).toBe("00170006000001010300451" + "02TH9104");
    expect([...parseElements(parseEmv(code)!.elements.get("00")!)!]).toEqual([
      ["00", "000001"],
      ["01", "004"],
    ]);
  });

  it("refuses what no code can hold", () => {
    expect(() => buildEmv([["7", "x"]])).toThrow(/does not fit/);
    expect(() => buildEmv([["70", "x".repeat(100)]])).toThrow(/does not fit/);
  });
});

describe("parseEmv", () => {
  it("sees any single changed character", () => {
    const code = buildEmv([
      ["00", "01"],
      ["54", "1250.00"],
    ]);
    for (let i = 8; i < code.length - 8; i++) {
      const changed = code.slice(0, i) + (code[i] === "7" ? "8" : "7") + code.slice(i + 1);
      expect(parseEmv(changed)?.crcRight ?? false, changed).toBe(false);
    }
  });

  it("gives nothing for other texts", () => {
    for (const text of ["", "hello", "0099short", "upi://pay?pa=a@b"]) expect(parseEmv(text)).toBeUndefined();
  });
});
