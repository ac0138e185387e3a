import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { parseOptions } from "../../../core/table.ts";
import { sharpCodec } from "../../../image/sharpCodec.ts";
import { type Box, grow } from "../../box.ts";
import { readPixels } from "../../canvas.ts";
import { type BankName, banks } from "../banks.ts";
import { drawDevice, drawSignals } from "../device.ts";
import { fieldNames } from "../layout.ts";
import { otherFact, textOf } from "../otherFacts.ts";
import { quickstartSet } from "../quickstart.ts";
import type { RasteriserName } from "../rasterisers/index.ts";
import { drawAccount, drawRecord } from "../record.ts";
import { drawSlip, type Slip } from "../slip.ts";
import { operations } from "./index.ts";
import type { Edit, Operation } from "./operation.ts";

/** An app with Latin letters, one with Thai and one with Devanagari. */
const bankNames = (["en", "th", "hi"] as const).map(
  (language) =>
    (Object.keys(banks) as BankName[]).find((name) => banks[name].language === language && banks[name].qr !== "none")!,
);
const toys: Partial<Record<string, { options: object }>> = quickstartSet.options.operations;

describe.each(Object.entries(operations) as [string, Operation][])("%s", (name, operation) => {
  it.each([
    ["defaults", {}],
    ["the quickstart's options", toys[name]?.options ?? {}],
  ])("changes pixels of its boxes and no others, on every kind of field, with %s", async (_, given) => {
    const options = parseOptions(operation, name, given);
    for (const [i, field] of fieldNames.entries()) {
      const bank = bankNames[i % bankNames.length]!;
      const before = await slipOf(bank);
      if (!before.fields.some((known) => known.name === field)) continue;
      const { slip, forged } = await applied(operation, options, bank, field);
      const where = `${bank} ${field}`;
      expect(forged.length, where).toBeGreaterThan(0);
      for (const { box } of forged) expect(grow(box, 0, before.canvas), where).toEqual(box);
      const { inside, outside } = changes(
        before,
        slip,
        forged.map(({ box }) => box),
      );
      expect(inside, where).toBeGreaterThan(0);
      expect(outside, where).toBe(0);
    }
  });

  it("does the same twice", async () => {
    const options = parseOptions(operation, name, {});
    const one = await applied(operation, options, bankNames[0]!, "amount");
    const other = await applied(operation, options, bankNames[0]!, "amount");
    expect(changes(one.slip, other.slip, [])).toEqual({ inside: 0, outside: 0 });
    expect(one.forged).toEqual(other.forged);
  });

  it("says what it is and where it comes from", () => {
    expect(operation.summary.length).toBeGreaterThan(20);
    expect(operation.cite.length).toBeGreaterThan(5);
  });
});

function slipOf(bank: BankName, seed = "slip", rasteriser: RasteriserName = "canvas"): Promise<Slip> {
  const rng = createRng(`operations test/${bank}/${seed}`);
  const record = drawRecord(banks[bank], drawAccount(banks[bank], rng), rng);
  return drawSlip({ bank, release: 1, record, device: drawDevice(rng), signals: drawSignals(rng), rasteriser }, 300);
}

async function applied(operation: Operation, options: Record<string, unknown>, bank: BankName, name: string) {
  const slip = await slipOf(bank);
  const { content, canvas, fields } = slip;
  const wanted = {
    drawn: fields.filter((field) => field.name === name),
    all: fields,
    qr: fields.filter(({ kind }) => kind === "qr"),
  };
  const rng = createRng("apply");
  let { record } = content;
  const targets = wanted[operation.takes].map((field) => {
    record = otherFact(content, record, field.name, rng.fork(field.name));
    return { field, text: textOf(content, record, field.name) };
  });
  const edit: Edit = {
    canvas,
    fields,
    targets,
    rasterisers: ["outline", "supersampled", "pango"],
    donor: () => slipOf(bank, "donor"),
    redraw: (rasteriser) => drawSlip({ ...content, record, rasteriser }, canvas.width),
    codec: sharpCodec,
  };
  return { slip, forged: await operation.apply(edit, options, rng) };
}

function changes(a: Slip, b: Slip, boxes: readonly Box[]) {
  const [before, after] = [readPixels(a.canvas), readPixels(b.canvas)];
  const found = { inside: 0, outside: 0 };
  for (let i = 0; i < before.data.length; i++) {
    if (before.data[i] === after.data[i]) continue;
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % before.width, Math.floor(pixel / before.width)];
    const known = boxes.some((box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height);
    found[known ? "inside" : "outside"]++;
  }
  return found;
}
