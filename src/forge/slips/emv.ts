/** One element of an EMV code: a tag of two digits and its value, or elements within. */
export type Element = readonly [tag: string, value: string | readonly Element[]];

/**
 * Tag, length, value, and the CRC over all that goes before and its own tag and length (EMVCo, Merchant-Presented QR
 * Specification 1.1, 2020). Errors: RangeError where a value has more than 99 characters or a tag is not two digits.
 */
export function buildEmv(elements: readonly Element[], crcTag = "63"): string {
  const body = `${buildElements(elements)}${crcTag}04`;
  return body + crc16(body);
}

function buildElements(elements: readonly Element[]): string {
  return elements
    .map(([tag, value]) => {
      const text = typeof value === "string" ? value : buildElements(value);
      if (!/^\d\d$/.test(tag) || text.length > 99)
        throw new RangeError(`The element ${tag} of ${text.length} characters does not fit an EMV code.`);
      return tag + String(text.length).padStart(2, "0") + text;
    })
    .join("");
}

/** The elements of one level, by tag; undefined where the text is no sequence of elements. */
export function parseElements(text: string): ReadonlyMap<string, string> | undefined {
  const elements = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const [, tag, length] = /^(\d\d)(\d\d)/.exec(text.slice(at)) ?? [];
    if (tag === undefined || at + 4 + Number(length) > text.length) return undefined;
    elements.set(tag, text.slice(at + 4, at + 4 + Number(length)));
    at += 4 + Number(length);
  }
  return elements;
}

/** The elements of a whole code and whether its CRC, its last element, is right; undefined where it is no such code. */
export function parseEmv(code: string): { elements: ReadonlyMap<string, string>; crcRight: boolean } | undefined {
  const elements = parseElements(code);
  const last = elements && [...elements].at(-1);
  if (elements === undefined || last === undefined || last[1].length !== 4) return undefined;
  return { elements, crcRight: crc16(code.slice(0, -4)) === last[1].toUpperCase() };
}

/** CRC-16/CCITT-FALSE of the text in UTF-8: polynomial 1021, from FFFF, most significant bit first; four digits. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, "0");
}
