import ExifReader from "exifreader";

interface MetadataEntry {
  /** "exif", "xmp", "iptc", "icc", "gps", "png", "jfif", … */
  readonly group: string;
  readonly name: string;
  /** As a person reads it, at most 300 characters. */
  readonly value: string;
}

/** What a file says of itself. Every word of it can be forged: facts to weigh, never evidence by themselves. */
export interface Metadata {
  readonly entries: readonly MetadataEntry[];
  /** The program or firmware that says it wrote the file (EXIF Software, else XMP CreatorTool, else PNG Software). */
  readonly software?: string;
  /** ISO 8601, with a zone where the file states one (EXIF DateTimeOriginal, else XMP CreateDate). */
  readonly captureTime?: string;
  readonly flags: {
    readonly exif: boolean;
    readonly xmp: boolean;
    readonly iptc: boolean;
    readonly icc: boolean;
    readonly gps: boolean;
    readonly thumbnail: boolean;
    /** Content credentials (C2PA) are named in the file; they are not verified here. */
    readonly contentCredentials: boolean;
    /** The file names a program that edits pictures; phones' and screenshots' own programs are not meant. */
    readonly editor: boolean;
  };
}

const editors =
  /photoshop|lightroom|gimp|affinity|pixelmator|paint|snapseed|picsart|canva|photopea|facetune|imagemagick|photoscape|capcut|meitu|vsco/i;

/** A C2PA manifest store in its JUMBF box: box type and the first bytes of its UUID. */
const contentCredentials = "jumdc2pa\0\x11\0\x10";

/** Bytes that are no words: shown nowhere. */
const hidden = /^(_raw|base64|image|type|MakerNote|UserComment|undefined-.*|.*IFD Pointer|PrintIM|Images?)$/;

/** EXIF, XMP, IPTC, ICC, PNG text and the like of any of our formats. Never throws: a damaged block gives no entries. */
export function readMetadata(bytes: Uint8Array): Metadata {
  const groups = readGroups(bytes);
  const entries = Object.entries(groups).flatMap(([group, tags]) =>
    group === "Thumbnail" || group === "makerNotes" ? [] : listTags(group, tags),
  );
  const wordsOf = (group: string, name: string) => {
    const entry = entries.find((candidate) => candidate.group === group && candidate.name === name);
    return entry === undefined || entry.value === "" ? undefined : entry.value;
  };
  const software = wordsOf("exif", "Software") ?? wordsOf("xmp", "CreatorTool") ?? wordsOf("pngText", "Software");
  const captureTime =
    exifTime(wordsOf("exif", "DateTimeOriginal"), wordsOf("exif", "OffsetTimeOriginal")) ??
    xmpTime(wordsOf("xmp", "CreateDate"));
  const has = (group: string) => entries.some((entry) => entry.group === group);
  return {
    entries,
    ...(software !== undefined && { software }),
    ...(captureTime !== undefined && { captureTime }),
    flags: {
      exif: has("exif"),
      xmp: has("xmp"),
      iptc: has("iptc"),
      icc: has("icc"),
      gps: has("gps"),
      thumbnail: groups.Thumbnail !== undefined,
      contentCredentials: mentions(bytes, contentCredentials),
      editor: editors.test(software ?? ""),
    },
  };
}

function readGroups(bytes: Uint8Array): Record<string, unknown> {
  try {
    // A copy: the reader takes whole ArrayBuffers, and these bytes may be a view into a larger one.
    return { ...ExifReader.load(bytes.slice().buffer, { expanded: true }) };
  } catch {
    return {};
  }
}

function listTags(group: string, tags: unknown): MetadataEntry[] {
  if (typeof tags !== "object" || tags === null) return [];
  return Object.entries(tags).flatMap(([name, tag]) => {
    if (hidden.test(name)) return [];
    const value = inWords(tag);
    return value === undefined ? [] : [{ group, name, value }];
  });
}

/** The tag's description without control characters, or undefined where it holds no words. */
function inWords(tag: unknown): string | undefined {
  const described = typeof tag === "object" && tag !== null && "description" in tag ? tag.description : tag;
  if (typeof described !== "string" && typeof described !== "number") return undefined;
  return String(described)
    .slice(0, 300)
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}

/** "2024:05:06 07:08:09" and "+02:00" -> "2024-05-06T07:08:09+02:00" */
function exifTime(time: string | undefined, zone: string | undefined): string | undefined {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(time ?? "");
  if (found === null) return undefined;
  const [, year, month, day, clock] = found;
  return `${year}-${month}-${day}T${clock}${/^[+-]\d\d:\d\d$/.test(zone ?? "") ? zone : ""}`;
}

function xmpTime(time: string | undefined): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(time ?? "") ? time : undefined;
}

function mentions(bytes: Uint8Array, word: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(word, 0, "latin1");
}
