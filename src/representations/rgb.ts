import { z } from "zod";
import type { Representation } from "./representation.ts";

const options = z.object({});

export const rgb = {
  summary: "The colours themselves: what one sees, and the baseline for everything else",
  cite: "none",
  options,
  channels: () => 3,
  range: () => [0, 1],

  /** pixels / 255   // [3, height, width], 0..1 */
  async compute({ pixels: { width, height, data } }, _options?: unknown, _codec?: unknown, into?: Float32Array) {
    const area = width * height;
    const planes = into ?? new Float32Array(3 * area);
    for (let i = 0, from = 0; i < area; i++, from += 3) {
      planes[i] = data[from]! / 255;
      planes[area + i] = data[from + 1]! / 255;
      planes[2 * area + i] = data[from + 2]! / 255;
    }
    return { channels: 3, height, width, data: planes };
  },
} satisfies Representation<typeof options>;
