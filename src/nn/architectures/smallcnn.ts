import { z } from "zod";
import { maxPool } from "../../onnx/operators/index.ts";
import { batchNorm, conv2d } from "../layers.ts";
import type { Architecture } from "./architecture.ts";
import { head, headOptions } from "./head.ts";

const options = z.object({
  width: z
    .number()
    .min(1 / 8)
    .max(4)
    .default(1)
    .describe("factor on every number of channels"),
  momentum: z.number().min(0).max(0.9999).default(0.9).describe("share of the running statistics that a step keeps"),
  ...headOptions(64),
});

const channels = [16, 32, 64, 128, 128];

/**
 * Five times 3x3 convolution, batch normalisation and ReLU, with a 2x2 maximum between them: the baseline that shows
 * whether a larger network earns its cost. The plan is that of every small VGG (Simonyan and Zisserman, 2015).
 */
export const smallcnn = {
  summary: "A small convolutional network of a quarter million parameters (at width 1)",
  cite: "After Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, 2015",
  options,
  stages: Object.fromEntries(channels.map((_, i) => [`stage${i + 1}`, [`conv${i + 1}`, `bn${i + 1}`]])),

  build(net, input, { width, momentum, ...headChoices }) {
    const g = net.graph;
    let x = input;
    for (const [i, base] of channels.entries()) {
      if (i > 0) x = maxPool(g, x, { kernel: 2, stride: 2, padding: 0 }); // [b, c, h / 2^i, w / 2^i]
      const maps = conv2d(net, `conv${i + 1}`, x, { channels: Math.max(1, Math.round(base * width)), kernel: 3 });
      x = batchNorm(net, `bn${i + 1}`, maps, { momentum }, { relu: true });
    }
    return { features: x, logit: head(net, x, { momentum, ...headChoices }) };
  },
} satisfies Architecture<typeof options>;
