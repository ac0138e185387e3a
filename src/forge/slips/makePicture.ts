import type { Canvas } from "@napi-rs/canvas";
import { pickWeighted } from "../../core/pickWeighted.ts";
import type { Rng } from "../../core/rng.ts";
import { lookUp, parseOptions } from "../../core/table.ts";
import type { Codec } from "../../image/codec.ts";
import { type Box, grow } from "../box.ts";
import { readPixels, saveOnce } from "../canvas.ts";
import type { ForgedPicture } from "../datasetWriter.ts";
import { drawLaundering, launder, type Mask } from "../launder.ts";
import { drawScreen } from "../screens/screen.ts";
import { type BankName, banks, heldOutBanks } from "./banks.ts";
import { drawDevice, drawSignals } from "./device.ts";
import { drawLayout, type FieldName, releasesPerBank } from "./layout.ts";
import { operations } from "./operations/index.ts";
import type { Forged, Operation } from "./operations/operation.ts";
import { otherFact, textOf } from "./otherFacts.ts";
import type { SlipPlan } from "./plan.ts";
import type { RasteriserName } from "./rasterisers/index.ts";
import { drawAccount, drawRecord, isoTime } from "./record.ts";
import { type Parameters, type Scene, shamNames, shams } from "./shams.ts";
import { type DrawnField, drawSlip, type Slip, type SlipContent } from "./slip.ts";
import type { SlipOptions } from "./slipOptions.ts";

/**
 * The life of a picture: captured, perhaps saved as JPEG, in fakes edited, perhaps cropped or scribbled on, and sent.
 * All but the edit is drawn from streams that do not know the label: even what would be edited is drawn for genuine
 * pictures too, so that whatever spares those fields spares them in both classes.
 */
export async function makePicture(
  plan: SlipPlan,
  options: SlipOptions,
  engines: readonly RasteriserName[],
  codec: Codec,
): Promise<ForgedPicture> {
  const { content, label, rng } = plan;
  if (plan.shows === "screen") {
    const screen = await drawScreen(content, options.width ?? 0, rng.fork("screen"));
    const file = await live(plan, screen, undefined, options, codec);
    return { ...file, row: { ...file.row, app: "screen", font: screen.look.font } };
  }
  const slip = await drawSlip(content, options.width);
  const edit = (scene: Scene<FieldName>, intent: Intent<FieldName>) =>
    forge(slip, scene, intent, { options, engines, rng, codec });
  return live(plan, slip, label === "fake" ? edit : undefined, options, codec);
}

/** What happens to a picture from its capture to the file; `edit` is what the forger does. */
async function live<N extends string>(
  plan: SlipPlan,
  drawn: { readonly canvas: Canvas; readonly fields: readonly DrawnField<N>[] },
  edit: ((scene: Scene<N>, intent: Intent<N>) => Promise<Forged[]>) | undefined,
  options: SlipOptions,
  codec: Codec,
): Promise<ForgedPicture> {
  const { content, label, rng } = plan;
  const dp = drawn.canvas.width / content.device.widthDp;
  const sham = drawSham(options, rng.fork("sham"));

  const scene: Scene<N> = { canvas: drawn.canvas, top: 0, fields: drawn.fields, spared: [], content, dp };
  let shammed = await sham.apply("capture", scene, codec);
  const intent = drawIntent(scene.fields, options, rng.fork("intent"));
  const saved = drawEarlierSave(options, rng.fork("earlier save"));
  if (saved !== null) await saveOnce(scene.canvas, codec, saved);
  const captured: Scene<N> = { ...scene, spared: scene.fields.filter((field) => !intent.fields.includes(field)) };
  shammed ??= await sham.apply("saved", captured, codec);
  const edited = await edit?.(captured, intent);
  shammed ??= await sham.apply("shared", captured, codec);

  const { canvas, top, fields } = captured;
  const visible = (box: Box) => grow({ ...box, y: box.y - top }, 0, canvas);
  const mask =
    edited &&
    paintMask(
      canvas,
      edited.map(({ box }) => visible(box)),
    );
  const boxes = Object.fromEntries(fields.map(({ name, box }) => [name, visible(box)]));
  const laundering = drawLaundering(options.laundering, rng.fork("laundering"));
  const file = await launder({ pixels: readPixels(canvas), boxes, ...(mask && { mask }) }, laundering, codec);
  const bank = banks[content.bank];
  return {
    name: plan.name,
    bytes: file.bytes,
    ...(file.mask && { mask: await codec.encodeGreyPng(file.mask) }),
    row: {
      label,
      group: plan.group,
      source: plan.source,
      time: isoTime(bank, content.record.time),
      split: plan.split,
      scenario: plan.scenario,
      app: `${content.bank}-${content.release + 1}`,
      device: content.device.name,
      font: drawLayout(content.bank, content.release).fonts.text,
      language: bank.language,
      theme: content.device.theme,
      operation: edited ? intent.operation : null,
      fields: edited?.map(({ field }) => field) ?? [],
      parameters: {
        earlierSave: saved,
        sham: shammed ?? null,
        ...(edited && { edits: edited.map(({ field, parameters }) => ({ field, ...parameters })) }),
      },
      laundering,
      boxes: listed(file.boxes),
    },
  };
}

/** [x, y, width, height] */
function listed(boxes: Readonly<Record<string, Box>>): Record<string, [number, number, number, number]> {
  return Object.fromEntries(
    Object.entries(boxes).map(([name, { x, y, width, height }]) => [name, [x, y, width, height]]),
  );
}

/** One sham or none; it waits for its moment. */
function drawSham({ sham }: SlipOptions, rng: Rng) {
  const name = rng.pick(shamNames);
  const used = rng.chance(sham);
  return {
    async apply(when: "capture" | "saved" | "shared", scene: Scene, codec: Codec): Promise<Parameters | undefined> {
      // Of a screen a notification may hide every line.
      if (!used || shams[name].when !== when || scene.fields.length === 0) return undefined;
      const parameters = await shams[name].apply(scene, rng.fork(name), codec);
      return parameters && { name, ...parameters };
    },
  };
}

/** Half of all screenshots that are passed on were compressed before anyone could edit them. */
function drawEarlierSave({ earlierSave }: SlipOptions, rng: Rng) {
  const save = {
    quality: 70 + rng.integer(29),
    subsampling: rng.chance(0.75) ? ("4:2:0" as const) : ("4:4:4" as const),
    table: rng.chance(0.2) ? 2 + rng.integer(7) : 0,
  };
  return rng.chance(earlierSave) ? save : null;
}

/** What a forger would do to this picture; every field has the same chance. */
interface Intent<N extends string> {
  readonly operation: string;
  readonly fields: readonly DrawnField<N>[];
}

function drawIntent<N extends string>(fields: readonly DrawnField<N>[], options: SlipOptions, rng: Rng): Intent<N> {
  const code = fields.filter(({ kind }) => kind === "qr");
  const possible = Object.entries(options.operations).filter(
    ([name]) => code.length > 0 || operationOf(name).takes !== "qr",
  );
  const weights = possible.map(([name, { weight }]) => [name, weight] as const);
  const operation = pickWeighted(weights.length > 0 ? weights : [["patchText", 1]], rng);
  const [low, high] = options.fields;
  const drawn = rng.shuffle(fields).slice(0, low + rng.integer(high - low + 1));
  return { operation, fields: { drawn, all: fields, qr: code }[operationOf(operation).takes] };
}

function operationOf(name: string): Operation {
  return lookUp(operations, "operation of slips", name);
}

/** Carries the intent out. */
async function forge(
  slip: Slip,
  { canvas, fields }: Scene<FieldName>,
  { operation: name, fields: wanted }: Intent<FieldName>,
  {
    options,
    engines,
    rng,
    codec,
  }: { options: SlipOptions; engines: readonly RasteriserName[]; rng: Rng; codec: Codec },
) {
  const { content } = slip;
  const own = rng.fork("edit");
  const operation = operationOf(name);
  const parsed = parseOptions(operation, `operation ${name}`, options.operations[name]?.options);
  let record = content.record;
  const targets = wanted.map((field) => {
    record = otherFact(content, record, field.name, own.fork(`fact/${field.name}`));
    return { field, text: textOf(content, record, field.name) };
  });
  const others = engines.filter((engine) => engine !== (content.rasteriser ?? "canvas"));
  const edit = {
    canvas,
    fields,
    targets,
    rasterisers: others.length > 0 ? others : engines,
    donor: () => drawSlip(donorOf(content, options.donors, own.fork("donor")), slip.canvas.width),
    redraw: (rasteriser: RasteriserName) => drawSlip({ ...content, record, rasteriser }, slip.canvas.width),
    codec,
  };
  return operation.apply(edit, parsed, own.fork("apply"));
}

/** A slip of the same app that stands in no dataset: its account is made for this edit alone. */
function donorOf({ bank, release, device, ...rest }: SlipContent, looks: SlipOptions["donors"], rng: Rng): SlipContent {
  const record = drawRecord(banks[bank], drawAccount(banks[bank], rng), rng);
  const look =
    looks === "sameLook"
      ? { release, device }
      : { release: rng.integer(releasesPerBank), device: drawDevice(rng, isHeldOut(bank)) };
  return { ...rest, bank, record, signals: drawSignals(rng), ...look };
}

/** A held-out app is seen on held-out phones alone. */
function isHeldOut(bank: BankName): boolean {
  return heldOutBanks.includes(bank);
}

function paintMask({ width, height }: { width: number; height: number }, boxes: readonly Box[]): Mask {
  const data = new Uint8Array(width * height);
  for (const box of boxes)
    for (let y = box.y; y < box.y + box.height; y++) data.fill(255, y * width + box.x, y * width + box.x + box.width);
  return { width, height, data };
}
