/** What the components of a JPEG stand for; `other`: CMYK, YCCK, two components. */
export type Colours = "grey" | "YCbCr" | "RGB" | "other";

/** What application segments say of them. */
export interface ColourMarks {
  jfif: boolean;
  /** Adobe's APP14: 0 for RGB or CMYK as they are, 1 for YCbCr, 2 for YCCK; absent without that segment. */
  adobeTransform?: number;
}

/** Notes what an application segment says of the colours. */
export function noteColourMarks(marks: ColourMarks, marker: number, segment: Uint8Array): void {
  const startsWith = (word: string) => [...word].every((letter, i) => segment[i] === letter.charCodeAt(0));
  if (marker === 0xe0 && startsWith("JFIF\0")) marks.jfif = true;
  if (marker === 0xee && startsWith("Adobe") && segment.length >= 12) marks.adobeTransform = segment[11]!;
}

/** As libjpeg decides (jdapimin.c, default_decompress_parms): JFIF first, then Adobe's segment, then the ids. */
export function coloursOf(ids: readonly number[], { jfif, adobeTransform }: ColourMarks): Colours {
  if (ids.length === 1) return "grey";
  if (ids.length !== 3) return "other";
  if (jfif) return "YCbCr";
  if (adobeTransform !== undefined) return adobeTransform === 0 ? "RGB" : "YCbCr";
  return String.fromCharCode(...ids) === "RGB" ? "RGB" : "YCbCr";
}
