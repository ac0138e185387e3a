import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { colour } from "./palette.ts";

/** Of a chart, in pixels: about a phone's width, so that its text is read there at its own size. */
const chartWidth = 380;
const chartHeight = 330;

/** One chart as an SVG string: no script, no id, no randomness, colours as CSS variables. */
export function plot(description: string, options: Plot.PlotOptions): string {
  const { document } = parseHTML("<!doctype html><body></body>");
  const svg = Plot.plot({
    document,
    width: chartWidth,
    height: chartHeight,
    marginTop: 32,
    marginRight: 16,
    marginBottom: 42,
    marginLeft: 48,
    className: "chart",
    style: { fontSize: "12px", fontFamily: "inherit" },
    ...options,
  });
  svg.querySelector("style")?.remove();
  // One picture with one description: screen readers skip what is inside.
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", description);
  return rounded(svg.outerHTML);
}

/** A chart of which there is nothing to show says why. */
export function emptyChart(description: string, reason: string): string {
  return plot(description, {
    height: 120,
    marginTop: 4,
    marginRight: 4,
    marginBottom: 4,
    marginLeft: 4,
    axis: null,
    marks: [
      Plot.frame({ stroke: colour("line") }),
      Plot.text([reason], { frameAnchor: "middle", fill: colour("muted"), lineWidth: 28 }),
    ],
  });
}

/** How a line looks; the same thing looks the same in every chart, and is told by its dash as well as by its colour. */
export interface Stroke {
  readonly stroke: string;
  readonly dash?: string;
  /** The dash, as a legend's text draws it. */
  readonly swatch: string;
}

/** Lines of text in a corner of the frame, each in its line's colour with a swatch of its dash. */
export function legend(
  entries: readonly (Stroke & { readonly text: string })[],
  corner: "bottom-right" | "bottom-left" | "top-right",
): Plot.Markish[] {
  const lineHeight = 17; // pixels
  const [atBottom, atRight] = [corner.startsWith("bottom"), corner.endsWith("right")];
  return entries.map(({ text, stroke, swatch }, i) =>
    Plot.text([`${swatch}  ${text}`], {
      frameAnchor: corner,
      dx: atRight ? -8 : 8,
      dy: atBottom ? (i - entries.length + 1) * lineHeight - 10 : i * lineHeight + 10,
      fill: stroke,
      fontWeight: 600,
      ...halo,
    }),
  );
}

/** Keeps text readable where a line runs behind it. */
export const halo = { stroke: colour("paper"), strokeWidth: 5, strokeLinejoin: "round" } as const;

/** Lines across the plot at the ticks, or where it says, under everything else. */
export function grid(ticks?: readonly number[]): Plot.Markish[] {
  const look = { stroke: colour("line"), strokeOpacity: 1, ...(ticks && { ticks: [...ticks] }) };
  return [Plot.gridX(look), Plot.gridY(look)];
}

/** Coordinates to a hundredth of a pixel: a third of the size, and the same on machines that round the last bit. */
function rounded(svg: string): string {
  return svg.replaceAll(/ (?:d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height)="[^"]*"/g, (attribute) =>
    attribute.replaceAll(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100)),
  );
}
