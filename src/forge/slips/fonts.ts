import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GlobalFonts } from "@napi-rs/canvas";
import { UserError } from "../../core/errors.ts";
import { unpackWoff } from "./woff.ts";

type Subset = "latin" | "latin-ext" | "vietnamese" | "thai" | "devanagari";
interface FamilyEntry {
  readonly name: string;
  readonly package: string;
  readonly subsets: readonly Subset[];
}
const western = ["latin", "latin-ext"] as const;
const viet = [...western, "vietnamese"] as const;

/** Families under the Open Font License, from npm (@fontsource): a fresh machine may have no fonts at all. */
export const families = {
  inter: { name: "Inter", package: "inter", subsets: viet },
  roboto: { name: "Roboto", package: "roboto", subsets: viet },
  openSans: { name: "Open Sans", package: "open-sans", subsets: viet },
  lato: { name: "Lato", package: "lato", subsets: western },
  nunitoSans: { name: "Nunito Sans", package: "nunito-sans", subsets: viet },
  dmSans: { name: "DM Sans", package: "dm-sans", subsets: western },
  montserrat: { name: "Montserrat", package: "montserrat", subsets: viet },
  workSans: { name: "Work Sans", package: "work-sans", subsets: viet },
  publicSans: { name: "Public Sans", package: "public-sans", subsets: viet },
  figtree: { name: "Figtree", package: "figtree", subsets: western },
  manrope: { name: "Manrope", package: "manrope", subsets: viet },
  plusJakartaSans: { name: "Plus Jakarta Sans", package: "plus-jakarta-sans", subsets: viet },
  lexend: { name: "Lexend", package: "lexend", subsets: viet },
  beVietnamPro: { name: "Be Vietnam Pro", package: "be-vietnam-pro", subsets: viet },
  robotoMono: { name: "Roboto Mono", package: "roboto-mono", subsets: viet },
  sourceSans: { name: "Source Sans 3", package: "source-sans-3", subsets: viet },
  ibmPlexSans: { name: "IBM Plex Sans", package: "ibm-plex-sans", subsets: viet },
  rubik: { name: "Rubik", package: "rubik", subsets: western },
  barlow: { name: "Barlow", package: "barlow", subsets: viet },
  outfit: { name: "Outfit", package: "outfit", subsets: western },
  sarabun: { name: "Sarabun", package: "sarabun", subsets: [...viet, "thai"] },
  kanit: { name: "Kanit", package: "kanit", subsets: [...viet, "thai"] },
  prompt: { name: "Prompt", package: "prompt", subsets: [...viet, "thai"] },
  notoSansThai: { name: "Noto Sans Thai", package: "noto-sans-thai", subsets: [...western, "thai"] },
  ibmPlexSansThai: { name: "IBM Plex Sans Thai", package: "ibm-plex-sans-thai", subsets: [...western, "thai"] },
  hind: { name: "Hind", package: "hind", subsets: [...western, "devanagari"] },
  mukta: { name: "Mukta", package: "mukta", subsets: [...western, "devanagari"] },
  poppins: { name: "Poppins", package: "poppins", subsets: [...western, "devanagari"] },
  notoSansDevanagari: {
    name: "Noto Sans Devanagari",
    package: "noto-sans-devanagari",
    subsets: [...western, "devanagari"],
  },
} as const satisfies Record<string, FamilyEntry>;

export type Family = keyof typeof families;
export const familyNames = Object.keys(families) as Family[];
export type Weight = 400 | 500 | 600 | 700;

/** What sets letters that a family lacks, as the system's own fonts do on a phone. */
const fallbacks: readonly [RegExp, Subset, Family][] = [
  [/[\u0e00-\u0e7f]/, "thai", "notoSansThai"],
  [/[\u0900-\u097f]/, "devanagari", "notoSansDevanagari"],
  [/[\u0102-\u0103\u01a0-\u01b0\u1ea0-\u1ef9\u20ab]/, "vietnamese", "inter"],
];

/** One file of a family: the letters of one subset. */
export interface Face {
  /** A name that no font of the system has. */
  readonly name: string;
  readonly file: string;
}

/** The files that together set the text, in the order in which a letter is looked for. Errors: bad-options where a file is missing. */
export function facesOf(family: Family, weight: Weight, text: string): readonly Face[] {
  const own: readonly Subset[] = families[family].subsets;
  const lacking = fallbacks.filter(([letters, subset]) => !own.includes(subset) && letters.test(text));
  return lacking.length === 0
    ? facesOfFamily(family, weight)
    : [...facesOfFamily(family, weight), ...lacking.flatMap(([, , other]) => facesOfFamily(other, weight))];
}

function facesOfFamily(family: Family, weight: Weight): readonly Face[] {
  const key = `${family} ${weight}`;
  let faces = known.get(key);
  if (faces === undefined) {
    const { name, subsets } = families[family];
    faces = subsets.map((subset) => ({
      name: `Assay ${name} ${weight} ${subset}`,
      file: fontFile(family, subset, weight, "woff2"),
    }));
    known.set(key, faces);
  }
  return faces;
}
const known = new Map<string, readonly Face[]>();

function fontFile(family: Family, subset: Subset, weight: Weight, kind: "woff" | "woff2"): string {
  const { package: folder } = families[family];
  // Lato has neither 500 nor 600.
  const nearest = family !== "lato" ? weight : weight < 550 ? 400 : 700;
  try {
    return createRequire(import.meta.url).resolve(
      `@fontsource/${folder}/files/${folder}-${subset}-${nearest}-normal.${kind}`,
    );
  } catch {
    throw new UserError(
      "bad-options",
      `The font file ${folder}-${subset}-${nearest}-normal.${kind} is missing. Install the package again: npm install @fontsource/${folder}.`,
    );
  }
}

/** Names for the canvas, registered: a system font of the same name is never taken in its place. */
export function canvasFamilies(family: Family, weight: Weight, text: string): string {
  const faces = facesOf(family, weight, text);
  let names = listed.get(faces);
  if (names === undefined) {
    for (const { name, file } of faces) {
      if (registered.has(name)) continue;
      GlobalFonts.registerFromPath(file, name);
      registered.add(name);
    }
    names = faces.map(({ name }) => `"${name}"`).join(", ");
    listed.set(faces, names);
  }
  return names;
}
/** By the list of faces, which is one and the same object for texts that need no fallback. */
const listed = new WeakMap<readonly Face[], string>();
/** GlobalFonts.has lists all fonts at every call. */
const registered = new Set<string>();

/** Names and unpacked files for Pango, which reads no WOFF; written once per machine below the temporary folder. */
export function plainFaces(family: Family, weight: Weight, text: string): readonly Face[] {
  return facesOf(family, weight, text).map(({ name, file }) => {
    const plain = plainFiles.get(name) ?? unpackOnce(name, file.replace(/2$/, ""));
    plainFiles.set(name, plain);
    return { name, file: plain };
  });
}
const plainFiles = new Map<string, string>();

function unpackOnce(name: string, packed: string): string {
  const folder = join(tmpdir(), "assay-fonts-1");
  const plain = join(folder, `${name.replaceAll(" ", "-")}.ttf`);
  if (existsSync(plain)) return plain;
  mkdirSync(folder, { recursive: true });
  // Two programs may unpack at once: each writes a file of its own and puts it in place in one step.
  writeFileSync(`${plain}.${process.pid}`, unpackWoff(readFileSync(packed), name));
  renameSync(`${plain}.${process.pid}`, plain);
  return plain;
}
