import { describe, expect, it } from "vitest";
import fc from "../../../test/fc.ts";
import { createRng } from "../../core/rng.ts";
import type { Bank } from "./bank.ts";
import { bankNames, banks } from "./banks.ts";
import { parseElements, parseEmv } from "./emv.ts";
import { bareReference } from "./payload.ts";
import { coherence, drawAccount, drawRecord, valuesOf } from "./record.ts";
import { readPattern } from "./reference.ts";

const draw = (bank: Bank, seed: number) => {
  const rng = createRng(`record test/${bank.name}/${seed}`);
  return drawRecord(bank, drawAccount(bank, rng), rng);
};

describe.each(bankNames)("records of %s", (name) => {
  const bank: Bank = banks[name];

  it("agree in clock, reference and code", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const record = draw(bank, seed);
        const facts = coherence(bank, record);
        expect(facts.clockNotBeforeTransfer).toBe(true);
        expect(facts.referenceAgrees, record.reference).toBe(true);
        expect([0, 1]).toContain(facts.bookedDaysLater);
        if (bank.qr === "none") expect(record.payload).toBe("");
        else expect(facts.payloadCarriesReference).toBe(true);
        expect(facts.crcRight).toBe(["none", "upi"].includes(bank.qr) ? undefined : true);
      }),
      { numRuns: 60 },
    );
  });

  it("carry a day and a month in the reference, wherever it stands", () => {
    const parts = readPattern(bank.reference, draw(bank, 1).reference)!;
    expect(parts).toMatchObject({ day: expect.any(Number), month: expect.any(Number) });
  });
});

describe("coherence", () => {
  it("sees a clock set back, a reference of another day and a code of another reference", () => {
    const bank = banks.doithong;
    const record = draw(bank, 3);
    const other = draw(bank, 4);
    expect(coherence(bank, { ...record, captured: { ...record.time, year: 2025 } }).clockNotBeforeTransfer).toBe(false);
    expect(coherence(bank, { ...record, reference: other.reference }).referenceAgrees).toBe(false);
    expect(coherence(bank, { ...record, payload: other.payload }).payloadCarriesReference).toBe(false);
  });

  it("counts the days to booking across the end of a month", () => {
    const record = draw(banks.bluefin, 420_453_722);
    expect([record.time.day, record.booked.day]).toEqual([31, 1]);
    expect(coherence(banks.bluefin, record).bookedDaysLater).toBe(1);
  });

  it("has the exceptions of life: late and next-day screenshots, booking after midnight", () => {
    const all = Array.from({ length: 1500 }, (_, i) => draw(banks.amberway, i));
    const late = all.filter(({ time, captured }) => captured.day !== time.day).length / all.length;
    expect(late).toBeGreaterThan(0.02);
    expect(late).toBeLessThan(0.2);
    expect(all.some((record) => coherence(banks.amberway, record).bookedDaysLater === 1)).toBe(true);
  });
});

describe("codes", () => {
  it("of Thai slips hold the bank and the reference, as DOMAIN's table says", () => {
    const record = draw(banks.doithong, 0);
    const { elements } = parseEmv(record.payload)!;
    expect([...elements.keys()]).toEqual(["00", "51", "91"]);
    const slip = parseElements(elements.get("00")!)!;
    expect(slip.get("00")).toBe("000001");
    expect(slip.get("02")).toBe(bareReference(record.reference));
  });
});

describe("valuesOf", () => {
  it("writes sums in the bank's manner", () => {
    const sums: [keyof typeof banks, number, string][] = [
      ["northlake", 1234567.5, "$1,234,567.50"],
      ["udaan", 1234567.5, "₹12,34,567.50"],
      ["ipezal", 1234.5, "R$ 1.234,50"],
      ["songlam", 1_250_000, "1.250.000 VND"],
      ["saphanthong", 99, "99.00 บาท"],
    ];
    for (const [name, amount, shown] of sums)
      expect(valuesOf(banks[name], { ...draw(banks[name], 0), amount }).amount).toBe(shown);
  });

  it("writes the Buddhist year where the bank does", () => {
    const time = { year: 2026, month: 3, day: 9, hour: 14, minute: 5, second: 0 };
    const shown = (name: keyof typeof banks) => valuesOf(banks[name], { ...draw(banks[name], 0), time }).date;
    expect(shown("doithong")).toBe("9 มี.ค. 2569 14:05 น.");
    expect(shown("saphanthong")).toBe("9 มี.ค. 69 - 14:05");
    expect(shown("songlam")).toBe("14:05 09/03/2026");
  });
});
