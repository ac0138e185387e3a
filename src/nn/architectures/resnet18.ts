import { z } from "zod";
import type { Architecture } from "./architecture.ts";
import { residualNetwork, residualOptions, residualStages } from "./resnet.ts";

const options = z.object(residualOptions);

/** Residual network of 18 layers in basic blocks of two 3x3 convolutions, the first with the stride: torchvision's. */
export const resnet18 = {
  summary: "ResNet-18: a residual network of 11.2 million parameters (at width 1) and a small head",
  cite: "He, Zhang, Ren and Sun, Deep Residual Learning for Image Recognition, 2016",
  options,
  stages: residualStages,

  build(net, input, choices) {
    const branch = (channels: number, stride: number) => [
      { channels, kernel: 3, stride },
      { channels, kernel: 3, stride: 1 },
    ];
    return residualNetwork(net, input, { blocks: [2, 2, 2, 2], branch, epsilon: 1e-5 }, choices);
  },
} satisfies Architecture<typeof options>;
