import type { z } from "zod";
import type { slipOptions } from "./slipOptions.ts";

/**
 * The quickstart's set. What is easy about it, and is not so in life: forgers are clumsy (patches off by 26 levels
 * and more, thick smears, pastes from slips of another look), they replace several fields at once, pictures are
 * small, saves are good, and test slips are of the same apps as training slips. Nothing else tells the classes apart.
 */
export const quickstartSet = {
  name: "quickstart",
  count: 720,
  ratio: "1:1",
  seed: 1,
  engines: ["canvas", "pango"],
  toy: "Drawn slips of invented banks with clumsy edits: its figures say that the pipeline works, and nothing of real forgeries.",
  options: {
    width: 288,
    fields: [4, 8],
    operations: {
      patchText: {
        weight: 3,
        options: {
          colourError: [26, 56],
          sizeError: 0.15,
          otherFont: 0.8,
          inkError: 30,
          shift: 0.15,
          margin: [0.6, 1.2],
          exact: 0,
        },
      },
      smudge: { weight: 3, options: { strength: 1.2, margin: [0.6, 1.2], otherFont: 0.8, exact: 0 } },
      splice: { weight: 2, options: { quality: [25, 50], saved: 1, scaled: 1, scaleError: 0.15 } },
      digitCopy: { weight: 0.5, options: { from: "otherLook", share: 1 } },
    },
    donors: "anyLook",
    apps: ["amberway", "northlake", "verdia", "luntian", "harbour", "merapi"],
    unseenShare: 0,
    sham: 0.1,
    // A smear in a PNG of a clean drawing adds a third to its bytes: in so small a set the file floor would see it.
    laundering: { levels: { highJpeg: 1 } },
  },
} as const satisfies { options: z.input<typeof slipOptions>; [key: string]: unknown };
