import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import type { Box } from "../box.ts";
import { readPixels } from "../canvas.ts";
import type { Bank } from "./bank.ts";
import { bankNames, banks, heldOutBanks, seenBanks } from "./banks.ts";
import { drawDevice, drawSignals } from "./device.ts";
import { fieldNames, releasesPerBank } from "./layout.ts";
import { drawPromo } from "./promo.ts";
import { qrMatrix, quietZone } from "./qr.ts";
import { drawAccount, drawRecord, valuesOf } from "./record.ts";
import { drawSlip, type SlipContent } from "./slip.ts";

const releases = Array.from({ length: releasesPerBank }, (_, i) => i);
const looks = releases.flatMap((release) => (["light", "dark"] as const).map((theme) => [release, theme] as const));

describe.each(bankNames)("a slip of %s", (bank) => {
  it.each(looks)(
    "release %i, %s: every field once, inside the picture, on its own ground, over no other",
    async (release, theme) => {
      for (const width of theme === "light" ? [288, 500] : [288]) {
        const content = contentOf(bank, release, theme);
        const { canvas, fields } = await drawSlip(content, width);
        const expected = fieldNames.filter((name) => name !== "qr" || (banks[bank] as Bank).qr !== "none");
        expect(fields.map(({ name }) => name).sort()).toEqual([...expected].sort());
        const { data } = readPixels(canvas);
        for (const { name, text, box, ground } of fields) {
          expect(text).toBe(valuesOf(banks[bank], content.record)[name]);
          expect(box.x, name).toBeGreaterThanOrEqual(0);
          expect(box.y, name).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width, name).toBeLessThanOrEqual(canvas.width);
          expect(box.y + box.height, name).toBeLessThanOrEqual(canvas.height);
          // The corner of the ink's box is ground: a patch of that colour would not show.
          const corner = 3 * (box.y * canvas.width + box.x);
          expect(`#${Buffer.from(data.subarray(corner, corner + 3)).toString("hex")}`, name).toBe(ground);
          for (const other of fields)
            if (other.name !== name) expect(overlap(box, other.box), `${name} ${other.name}`).toBe(false);
        }
      }
    },
  );

  it("looks the same twice", async () => {
    const content = contentOf(bank, 0, "light");
    const [one, other] = [await drawSlip(content, 240), await drawSlip(content, 240)];
    expect(Buffer.compare(readPixels(one.canvas).data, readPixels(other.canvas).data)).toBe(0);
  });
});

describe("drawSlip", () => {
  it("is as wide as the device's screen where no width is asked for", async () => {
    const content = contentOf("verdia", 0, "light");
    const { canvas } = await drawSlip(content);
    expect(canvas.width).toBe(content.device.pixelWidth);
    expect(canvas.height / canvas.width).toBeCloseTo(content.device.aspect, 2);
  });

  it("draws the modules of the payload's code, crisp", async () => {
    for (const release of releases) {
      const { canvas, fields } = await drawSlip(contentOf("songlam", release, "light"), 500);
      const { box, text } = fields.find(({ kind }) => kind === "qr")!;
      const drawn = (matrix: boolean[][]) => {
        const pixels = box.width / (matrix.length + 2 * quietZone);
        if (!Number.isInteger(pixels)) return 0;
        const { data, width } = readPixels(canvas);
        const dark = (row: number, column: number) =>
          data[3 * ((box.y + (row + quietZone) * pixels) * width + box.x + (column + quietZone) * pixels)]! < 128;
        const same = matrix.flatMap((modules, row) => modules.map((module, column) => module === dark(row, column)));
        return same.filter(Boolean).length / same.length;
      };
      // A logo in the middle hides a few modules, which the stronger code mends.
      expect(Math.max(drawn(qrMatrix(text, "M")), drawn(qrMatrix(text, "Q")) + 0.06)).toBeGreaterThanOrEqual(1);
    }
  });
});

describe("banks", () => {
  it("hold out four apps, whose fonts and phones no other has", () => {
    expect(bankNames.length).toBe(16);
    expect(heldOutBanks.length).toBe(4);
    const fonts = (names: readonly (keyof typeof banks)[]) =>
      new Set(names.flatMap((name) => [banks[name].font, ...banks[name].otherFonts] as string[]));
    const seen = fonts(seenBanks);
    expect([...fonts(heldOutBanks)].filter((font) => seen.has(font))).toEqual([]);
    const devices = (heldOut: boolean) =>
      new Set(Array.from({ length: 300 }, (_, i) => drawDevice(createRng(`devices/${i}`), heldOut).name));
    const known = devices(false);
    expect([...devices(true)].filter((name) => known.has(name))).toEqual([]);
  });
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contentOf(bank: (typeof bankNames)[number], release: number, theme: "light" | "dark"): SlipContent {
  const rng = createRng(`slip test/${bank}/${release}/${theme}`);
  const record = drawRecord(banks[bank], drawAccount(banks[bank], rng), rng);
  const promo = drawPromo(rng, banks[bank].language);
  const device = { ...drawDevice(rng, heldOutBanks.includes(bank)), theme };
  return { bank, release, record, device, signals: drawSignals(rng), ...(promo && { promo }) };
}
