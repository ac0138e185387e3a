import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { parseOptions } from "../../../core/table.ts";
import { sharpCodec } from "../../../image/sharpCodec.ts";
import { type Box, grow } from "../../box.ts";
import { readPixels } from "../../canvas.ts";
import { bankNames, banks } from "../banks.ts";
import { drawDevice, drawSignals } from "../device.ts";
import { fieldNames } from "../layout.ts";
import { quickstartSet } from "../quickstart.ts";
import { drawAccount, drawRecord, valuesOf } from "../record.ts";
import { drawSlip, type Slip } from "../slip.ts";
import { operations } from "./index.ts";
import type { Operation } from "./operation.ts";

describe.each(Object.entries(operations) as [keyof typeof operations, Operation][])("%s", (name, operation) => {
  const toy = quickstartSet.options.operations[name].options;

  it.each([
    ["defaults", {}],
    ["the quickstart's options", toy],
  ])("changes pixels of its box and no others, on every field, with %s", async (_, given) => {
    const options = parseOptions(operation, name, given);
    for (const i of fieldNames.keys()) {
      const bank = bankNames[i % bankNames.length]!;
      const before = await slipOf(bank);
      const { slip, box } = await applied(operation, options, bank, i);
      const changed = changedBox(before, slip);
      const where = `${bank} ${before.fields[i]!.name}`;
      expect(changed.count, where).toBeGreaterThan(0);
      expect(grow(box, 0, before.canvas), where).toEqual(box);
      expect(changed.left, where).toBeGreaterThanOrEqual(box.x);
      expect(changed.top, where).toBeGreaterThanOrEqual(box.y);
      expect(changed.right, where).toBeLessThan(box.x + box.width);
      expect(changed.bottom, where).toBeLessThan(box.y + box.height);
    }
  });

  it("does the same twice", async () => {
    const options = parseOptions(operation, name, {});
    const one = await applied(operation, options, "verdia", 0);
    const other = await applied(operation, options, "verdia", 0);
    expect(changedBox(one.slip, other.slip).count).toBe(0);
    expect(one.parameters).toEqual(other.parameters);
  });

  it("says what it is and where it comes from", () => {
    expect(operation.summary.length).toBeGreaterThan(20);
    expect(operation.cite.length).toBeGreaterThan(5);
  });
});

type BankName = (typeof bankNames)[number];

function slipOf(bank: BankName, seed = "slip"): Promise<Slip> {
  const rng = createRng(`operations test/${bank}/${seed}`);
  const record = drawRecord(banks[bank], drawAccount(banks[bank], rng), rng);
  return drawSlip({ bank, release: 1, record, device: drawDevice(rng), signals: drawSignals(rng) }, 240);
}

async function applied(operation: Operation, options: Record<string, unknown>, bank: BankName, i: number) {
  const slip = await slipOf(bank);
  const field = slip.fields[i]!;
  const rng = createRng("apply");
  const other = drawRecord(banks[bank], drawAccount(banks[bank], rng), rng);
  // A letter more than the old text, so that a text that happens to be drawn twice still differs.
  const text = `${valuesOf(banks[bank], other)[field.name]}7`;
  const donor = () => slipOf(bank, "donor");
  const edit = { canvas: slip.canvas, fields: slip.fields, field, text, donor, codec: sharpCodec };
  const { box, parameters }: { box: Box; parameters: unknown } = await operation.apply(edit, options, rng);
  return { slip, box, parameters };
}

function changedBox(a: Slip, b: Slip) {
  const [before, after] = [readPixels(a.canvas), readPixels(b.canvas)];
  const found = { count: 0, left: before.width, top: before.height, right: -1, bottom: -1 };
  for (let i = 0; i < before.data.length; i++) {
    if (before.data[i] === after.data[i]) continue;
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % before.width, Math.floor(pixel / before.width)];
    found.count++;
    found.left = Math.min(found.left, x);
    found.top = Math.min(found.top, y);
    found.right = Math.max(found.right, x);
    found.bottom = Math.max(found.bottom, y);
  }
  return found;
}
