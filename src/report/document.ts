import { html, type Markup, trusted } from "./markup.ts";
import { style } from "./style.ts";

export interface Document {
  readonly title: string;
  /** Rules after those that all documents have. */
  readonly style?: string;
  /** Whether it holds pictures, as data: addresses. */
  readonly pictures: boolean;
  readonly sections: readonly Markup[];
}

/** One HTML file that asks for nothing from elsewhere (its own policy forbids it) and runs no script. */
export function documentHtml({ title, style: own = "", pictures, sections }: Document): string {
  const policy = `default-src 'none'; ${pictures ? "img-src data:; " : ""}style-src 'unsafe-inline'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<title>${title}</title>
<style>${trusted(style)}${trusted(own)}</style>
</head>
<body>
<main>${sections}
</main>
</body>
</html>
`.html;
}
