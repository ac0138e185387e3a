import { createRequire } from "node:module";
import { GlobalFonts } from "@napi-rs/canvas";

/** Families under the Open Font License, from npm (@fontsource): a fresh machine may have no fonts at all. */
export const families = {
  inter: { pango: "Inter", file: "inter" },
  roboto: { pango: "Roboto", file: "roboto" },
  openSans: { pango: "Open Sans", file: "open-sans" },
  lato: { pango: "Lato", file: "lato" },
  nunitoSans: { pango: "Nunito Sans", file: "nunito-sans" },
  dmSans: { pango: "DM Sans", file: "dm-sans" },
} as const satisfies Record<string, { pango: string; file: string }>;

export type Family = keyof typeof families;
export const familyNames = Object.keys(families) as Family[];
export type Weight = 400 | 700;

/** Path of the font file, Latin letters, digits and common signs. */
export function fontFile(family: Family, weight: Weight): string {
  const { file } = families[family];
  return createRequire(import.meta.url).resolve(`@fontsource/${file}/files/${file}-latin-${weight}-normal.woff2`);
}

/** The name under which the canvas knows our file: a system font of the same name is never taken in its place. */
export function canvasFamily(family: Family, weight: Weight): string {
  const name = `Assay ${families[family].pango} ${weight}`;
  if (!registered.has(name)) {
    GlobalFonts.registerFromPath(fontFile(family, weight), name);
    registered.add(name);
  }
  return name;
}

/** GlobalFonts.has lists all fonts at every call. */
const registered = new Set<string>();
