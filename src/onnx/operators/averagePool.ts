import { type Dimension, fixedShape, type Value } from "../graph.ts";
import { nchwc } from "../layout.ts";
import { mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";
import { shaped } from "./reshape.ts";

/**
 * The mean of every map   // [batch, c, h, w] -> [batch, c]
 * dx = dy / (h w) at every place.
 */
export const globalAveragePool = operator<[x: Value]>({
  name: "globalAveragePool",
  takesBlocked: () => true,
  forward: (g, [x]) => {
    const [batch, channels] = x.shape as readonly [Dimension, number];
    const domain = x.layout === "blocked" ? nchwc : "";
    const means = g.node("GlobalAveragePool", [x], { shape: [batch, channels, 1, 1], domain });
    // One position a map: blocked and plain are the same order.
    return shaped(g, means, [batch, channels]);
  },
  gradient: (g, { inputs: [x] }, dy) => {
    const [height, width] = x.shape.slice(2) as [number, number];
    const share = mul(g, dy, g.constant(1 / (height * width)));
    if (x.layout === "plain") {
      const cells = g.node("Unsqueeze", [share, g.integers([2, 3])], { shape: [...dy.shape, 1, 1] });
      const target = x.shape.includes("batch")
        ? g.node("Shape", [x], { shape: [4], type: "int64" })
        : g.integers(x.shape as number[]);
      return [g.node("Expand", [cells, target], { shape: x.shape })];
    }
    const [batch, channels] = fixedShape(x, "The gradient of globalAveragePool") as [number, number];
    const cells = [(batch * channels) / g.block, 1, g.block];
    const maps = [cells[0]!, height * width, g.block];
    const shares = shaped(g, share, cells);
    const spread = g.node("Expand", [shares, g.integers(maps)], { shape: maps });
    return [shaped(g, spread, x.shape, "blocked")];
  },
});
