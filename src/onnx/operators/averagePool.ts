import { fixedShape, type Graph, rowSize, type Value } from "../graph.ts";
import { nchwc } from "../layout.ts";
import { mul } from "./arithmetic.ts";
import { operator } from "./operator.ts";
import { reduceMean } from "./reduce.ts";

/** The mean of every map   // [batch, c, h, w] -> [batch, c] */
export function globalAveragePool(g: Graph, x: Value): Value {
  return x.layout === "blocked" ? blockedAverage(g, x) : reduceMean(g, x, { axes: [2, 3] });
}

const blockedAverage = operator<[x: Value]>({
  name: "globalAveragePool",
  takesBlocked: () => true,
  forward: (g, [x]) => {
    const [batch, channels] = x.shape as readonly [number | "batch", number];
    const means = g.node("GlobalAveragePool", [x], { shape: [batch, channels, 1, 1], domain: nchwc });
    // One position a map: blocked and plain are the same order.
    return g.node("Reshape", [means, g.integers([0, channels])], { shape: [batch, channels] });
  },
  gradient: (g, { inputs: [x] }, dy) => {
    const [batch, channels, height, width] = fixedShape(x, "The gradient of globalAveragePool") as number[];
    const maps = (batch! * channels!) / g.block;
    const share = mul(g, dy, g.constant(channels! / rowSize(x.shape)));
    const cells = g.node("Reshape", [share, g.integers([maps, 1, g.block])], { shape: [maps, 1, g.block] });
    const wide = [maps, height! * width!, g.block];
    const spread = g.node("Expand", [cells, g.integers(wide)], { shape: wide });
    return [g.node("Reshape", [spread, g.integers(x.shape as number[])], { shape: x.shape, layout: "blocked" })];
  },
});
