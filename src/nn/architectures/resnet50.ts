import { z } from "zod";
import type { Architecture } from "./architecture.ts";
import { residualNetwork, residualOptions, residualStages } from "./resnet.ts";

const options = z.object({
  version: z
    .enum(["v1", "v1.5"])
    .default("v1")
    .describe("where a stage halves the size: v1 in its first 1x1 convolution (Keras), v1.5 in the 3x3 (torchvision)"),
  ...residualOptions,
});

/**
 * Residual network of 50 layers in bottleneck blocks: 1x1, 3x3, 1x1 to four times the channels.
 *
 * v1 keeps of Keras the stride in the first 1x1 of a stage and epsilon 1.001e-5; it leaves out the convolutions'
 * biases, which the normalisation right after them takes away again. v1.5 is torchvision's: epsilon 1e-5.
 */
export const resnet50 = {
  summary: "ResNet-50: a residual network of 23.5 million parameters (at width 1) and a small head",
  cite: "He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition, 2016",
  options,
  stages: residualStages,

  build(net, input, { version, ...choices }) {
    const branch = (channels: number, stride: number) => [
      { channels, kernel: 1, stride: version === "v1" ? stride : 1 },
      { channels, kernel: 3, stride: version === "v1" ? 1 : stride },
      { channels: 4 * channels, kernel: 1, stride: 1 },
    ];
    const epsilon = version === "v1" ? 1.001e-5 : 1e-5;
    return residualNetwork(net, input, { blocks: [3, 4, 6, 3], branch, epsilon }, choices);
  },
} satisfies Architecture<typeof options>;
