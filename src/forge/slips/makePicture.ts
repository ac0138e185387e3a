import type { Rng } from "../../core/rng.ts";
import { lookUp, parseOptions } from "../../core/table.ts";
import type { Codec } from "../../image/codec.ts";
import type { Box } from "../box.ts";
import { readPixels, saveOnce } from "../canvas.ts";
import type { ForgedPicture } from "../datasetWriter.ts";
import { drawLaundering, launder } from "../launder.ts";
import { banks } from "./banks.ts";
import { drawDevice, drawSignals } from "./device.ts";
import { releasesPerBank } from "./layout.ts";
import { operations } from "./operations/index.ts";
import type { Operation } from "./operations/operation.ts";
import type { SlipPlan } from "./plan.ts";
import { drawAccount, drawRecord, isoTime, valuesOf } from "./record.ts";
import { shamNames, shams } from "./shams.ts";
import { drawSlip, type Slip, type SlipContent, type SlipField } from "./slip.ts";
import type { SlipOptions } from "./slipOptions.ts";

/**
 * The life of a picture: drawn, perhaps saved as JPEG, perhaps touched without effect, in fakes edited, and saved.
 * All but the edit is drawn from streams that do not know the label.
 */
export async function makePicture(plan: SlipPlan, options: SlipOptions, codec: Codec): Promise<ForgedPicture> {
  const { content, label, rng } = plan;
  const slip = await drawSlip(content, options.width);
  const before = await age(slip, options, rng.fork("before"), codec);
  const edited = label === "fake" ? await forge(slip, options, rng.fork("edit"), codec) : undefined;
  const laundering = drawLaundering(options.laundering, rng.fork("laundering"));
  return {
    name: plan.name,
    bytes: await launder(readPixels(slip.canvas), laundering, codec),
    ...(edited && { mask: await paintMask(slip, edited.boxes, codec) }),
    row: {
      label,
      group: plan.group,
      source: plan.source,
      time: isoTime(banks[content.bank], content.record.time),
      split: plan.split,
      app: `${content.bank}-${content.release + 1}`,
      device: content.device.name,
      font: banks[content.bank].font,
      operation: edited?.operation ?? null,
      fields: edited?.fields ?? [],
      parameters: { theme: content.device.theme, ...before, ...(edited && { edits: edited.parameters }) },
      laundering,
    },
  };
}

/** What happens to a slip before anyone forges it: the same chances for both classes. */
async function age(slip: Slip, { earlierSave, sham }: SlipOptions, rng: Rng, codec: Codec) {
  const quality = 75 + rng.integer(21);
  const saved = rng.chance(earlierSave);
  if (saved) await saveOnce(slip.canvas, codec, { quality, subsampling: "4:2:0" });
  const name = rng.pick(shamNames);
  const field = rng.pick(slip.fields);
  if (!rng.chance(sham)) return { earlierSave: saved ? quality : null, sham: null };
  return {
    earlierSave: saved ? quality : null,
    sham: { name, ...(await shams[name](slip.canvas, field, rng, codec)) },
  };
}

/** Replaces some fields, every field with the same chance, all by one operation. */
async function forge(slip: Slip, options: SlipOptions, rng: Rng, codec: Codec) {
  const name = weighted(options.operations, rng);
  const operation: Operation = lookUp(operations, "operation of slips", name);
  const operationOptions = parseOptions(operation, `operation ${name}`, options.operations[name]!.options);
  const [low, high] = options.fields;
  const wanted = rng.shuffle(slip.fields).slice(0, low + rng.integer(high - low + 1));
  const boxes: Box[] = [];
  const parameters: Record<string, unknown>[] = [];
  for (const field of wanted) {
    const own = rng.fork(field.name);
    const text = otherText(slip.content, field, own.fork("text"));
    const donor = () => drawSlip(donorOf(slip.content, options.donors, own.fork("donor")), options.width);
    const edit = { canvas: slip.canvas, fields: slip.fields, field, text, donor, codec };
    const forged = await operation.apply(edit, operationOptions, own.fork("apply"));
    boxes.push(forged.box);
    parameters.push({ field: field.name, ...forged.parameters });
  }
  return { operation: name, fields: wanted.map(({ name }) => name), boxes, parameters };
}

/** What another transfer says in that field. */
function otherText({ bank }: SlipContent, field: SlipField, rng: Rng): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const text = valuesOf(banks[bank], drawRecord(banks[bank], drawAccount(banks[bank], rng), rng))[field.name];
    if (text !== field.text) return text;
  }
  return field.text;
}

/** A slip of the same app that stands in no dataset: its account is made for this edit alone. */
function donorOf({ bank, release, device }: SlipContent, looks: SlipOptions["donors"], rng: Rng): SlipContent {
  const record = drawRecord(banks[bank], drawAccount(banks[bank], rng), rng);
  const look =
    looks === "sameLook" ? { release, device } : { release: rng.integer(releasesPerBank), device: drawDevice(rng) };
  return { bank, record, signals: drawSignals(rng), ...look };
}

function weighted(weights: SlipOptions["operations"], rng: Rng): string {
  const entries = Object.entries(weights);
  let left = rng.uniform() * entries.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [name, { weight }] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return entries.at(-1)![0];
}

/** White where edited, black elsewhere. */
function paintMask({ canvas: { width, height } }: Slip, boxes: readonly Box[], codec: Codec): Promise<Uint8Array> {
  const data = new Uint8Array(width * height * 3);
  for (const box of boxes)
    for (let y = box.y; y < box.y + box.height; y++)
      data.fill(255, 3 * (y * width + box.x), 3 * (y * width + box.x + box.width));
  return codec.encodePng({ width, height, channels: 3, data });
}
