import type { Pixels } from "../../image/codec.ts";
import type { Window } from "../../image/window.ts";
import { glyphTwins, twinWidth } from "./glyphTwins.ts";
import { type InkedLine, inkedLine, lineStatistics, shapeWidth } from "./lineStatistics.ts";
import { findTextLines, lumaOf } from "./textLines.ts";

/** Numbers of a line: of its shapes, and of letters that stand elsewhere, too. */
export const lineWidth = shapeWidth + twinWidth;

/** A picture's lines of text that can be measured. */
export interface MeasuredLines {
  readonly boxes: readonly Window[];
  /** [n][lineWidth] */
  readonly statistics: readonly Float32Array[];
}

export function measureLines(pixels: Pixels): MeasuredLines {
  const luma = lumaOf(pixels);
  const lines = findTextLines(luma, pixels)
    .map((box) => inkedLine(luma, pixels, box))
    .filter((line): line is InkedLine => line !== undefined);
  const twins = glyphTwins(luma, pixels, lines);
  const statistics = lines.map((line, i) => {
    const row = new Float32Array(lineWidth);
    row.set(lineStatistics(pixels, luma, line));
    row.set(twins[i]!, shapeWidth);
    return row;
  });
  return { boxes: lines.map(({ box }) => box), statistics };
}
