/** HTML that is already escaped: only the `html` tag and `trusted` make it. */
export interface Markup {
  readonly html: string;
}

type Content = string | number | Markup | undefined | readonly Content[];

/** HTML from a template; every string and number put into it is escaped, lists are joined, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { html: strings.reduce((text, string, i) => text + show(contents[i - 1]) + string) };
}

/** For SVG of ours and data URLs, never for text that came from outside. */
export function trusted(markup: string): Markup {
  return { html: markup };
}

/** The picture as a data URL, its type told by its first bytes. */
export function dataUrl(picture: Uint8Array): Markup {
  const type = picture[0] === 0x89 ? "png" : picture[0] === 0x52 ? "webp" : "jpeg";
  return trusted(`data:image/${type};base64,${Buffer.from(picture).toString("base64")}`);
}

function show(content: Content): string {
  if (content === undefined) return "";
  if (typeof content === "string" || typeof content === "number") return escaped(String(content));
  return "html" in content ? content.html : content.map(show).join("");
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character]!);
}
