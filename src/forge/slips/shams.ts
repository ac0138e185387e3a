import type { Canvas } from "@napi-rs/canvas";
import type { Rng } from "../../core/rng.ts";
import type { Codec } from "../../image/codec.ts";
import { type Box, grow, meet } from "../box.ts";
import { copyCanvas, saveOnce } from "../canvas.ts";
import { drawBanner } from "./banner.ts";
import { drawLayout } from "./layout.ts";
import { drawMarkup } from "./markup.ts";
import { letterHeight } from "./operations/code.ts";
import { cover, groundAround } from "./operations/ground.ts";
import { blur } from "./operations/smudge.ts";
import { rasterisers } from "./rasterisers/index.ts";
import type { DrawnField, SlipContent } from "./slip.ts";

/** A picture while it goes through its life. Nothing in it knows the label. */
export interface Scene<N extends string = string> {
  canvas: Canvas;
  /** What was cut off at the top, in pixels. */
  top: number;
  /** Fields that can be seen, where the app drew them. */
  fields: readonly DrawnField<N>[];
  /** Fields that nobody edits, whatever the label: a genuine picture spares the fields that its fake would change. */
  readonly spared: readonly DrawnField<N>[];
  readonly content: Pick<SlipContent, "bank" | "release" | "device" | "rasteriser">;
  /** Pixels of one dp. */
  readonly dp: number;
}

export type Parameters = Readonly<Record<string, unknown>>;

/** An edit that changes nothing that is said. */
interface Sham {
  /**
   * capture: on the screen, before any save. saved: between a save and the edit. shared: after the edit, before the
   * picture is sent.
   */
  readonly when: "capture" | "saved" | "shared";
  /** Undefined where the picture has no place for it. */
  apply(scene: Scene, rng: Rng, codec: Codec): Promise<Parameters | undefined>;
}

/** What honest people and programs do to a slip; the same chance in both classes. */
export const shams = {
  /** A notification hangs over the top of the screen; what it hides is no field any more. */
  banner: {
    when: "capture",
    async apply(scene, rng) {
      const { box, parameters } = drawBanner(scene.canvas, scene.dp, scene.content.device, rng);
      const seen = scene.fields.filter((field) => !meet(grow(field.box, 2, scene.canvas), box));
      scene.fields = seen;
      return parameters;
    },
  },

  /**
   * A field covered in its true colour and set again in its own letters. Only before any JPEG save: after one, the clean
   * letters would stand in a compressed picture, which is the trace of an edit that nobody made.
   */
  rerender: {
    when: "capture",
    async apply({ canvas, fields, content }, rng) {
      // One colour would cut a hole into a ground that has more.
      if (drawLayout(content.bank, content.release).wash !== undefined) return undefined;
      const field = rng.pick(fields.filter(({ kind }) => kind === "text"));
      cover(canvas, grow(field.box, 1, canvas), field.ground);
      await rasterisers[content.rasteriser ?? "canvas"].paint(canvas.getContext("2d"), [field]);
      return { field: field.name };
    },
  },

  /** Opened and saved again. */
  resave: {
    when: "saved",
    async apply({ canvas }, rng, codec) {
      const quality = 80 + rng.integer(16);
      await saveOnce(canvas, codec, { quality, subsampling: "4:2:0" });
      return { quality };
    },
  },

  /** A field's own pixels cut and pasted back. */
  pasteBack: {
    when: "saved",
    async apply({ canvas, fields }, rng) {
      const field = rng.pick(fields);
      const { x, y, width, height } = grow(field.box, 3, canvas);
      canvas.getContext("2d").drawImage(copyCanvas(canvas), x, y, width, height, x, y, width, height);
      return { field: field.name };
    },
  },

  /** The status bar or what stands below the last field is cut off. */
  crop: {
    when: "shared",
    async apply(scene, rng) {
      const { canvas, fields, dp } = scene;
      const side = rng.pick(["top", "bottom", "both"] as const);
      const first = Math.min(...fields.map(({ box }) => box.y)) - 6 * dp;
      const last = Math.max(...fields.map(({ box }) => box.y + box.height)) + 6 * dp;
      const wanted = rng.between(20, 60) * dp;
      const room = canvas.height - last;
      const cut = rng.between(0.2, 1) * room;
      const top = side === "bottom" ? 0 : Math.max(0, Math.floor(Math.min(first, wanted)));
      const bottom = side === "top" ? canvas.height : Math.ceil(canvas.height - Math.max(0, cut));
      scene.canvas = copyCanvas(canvas, { x: 0, y: top, width: canvas.width, height: bottom - top });
      scene.top += top;
      return { side, top, bottom };
    },
  },

  /** A field that nobody edits made unreadable, for privacy: before the edit, so that it never mixes edited pixels in. */
  privacyBlur: {
    when: "saved",
    async apply({ canvas, spared }, rng) {
      if (spared.length === 0) return undefined;
      const field = rng.pick(spared);
      const way = rng.pick(["blur", "mosaic", "bar"] as const);
      const box = grow(field.box, rng.between(0.1, 0.4) * letterHeight(field), canvas);
      const reach = Math.max(2, letterHeight(field) * rng.between(0.4, 0.9));
      if (way === "blur") blur(canvas, box, [reach, reach]);
      else if (way === "mosaic") mosaic(canvas, box, Math.max(2, Math.round(reach / 1.5)));
      else cover(canvas, box, rng.pick(["#000000", "#ffffff", groundAround(canvas, box)]));
      return { field: field.name, way };
    },
  },

  /** A pen, a highlighter or an arrow points to a field that nobody edited. */
  markupPen: {
    when: "shared",
    async apply({ canvas, spared, dp }, rng) {
      if (spared.length === 0) return undefined;
      const field = rng.pick(spared);
      return { field: field.name, ...drawMarkup(canvas, field.box, dp, rng) };
    },
  },
} as const satisfies Record<string, Sham>;

export type ShamName = keyof typeof shams;
export const shamNames = Object.keys(shams) as ShamName[];

/** Squares of one colour each, the mean of what stood there. */
function mosaic(canvas: Canvas, box: Box, side: number): void {
  const [width, height] = [Math.ceil(box.width / side), Math.ceil(box.height / side)];
  const small = copyCanvas(canvas, box, { width, height });
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, width, height, box.x, box.y, box.width, box.height);
  context.imageSmoothingEnabled = true;
}
