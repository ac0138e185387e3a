import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { createSession } from "../onnx/session.ts";
import type { TensorData } from "../onnx/tensor.ts";
import { architectures } from "./architectures/index.ts";
import { buildNetwork, splitNetwork } from "./build.ts";
import { initialTensors } from "./builder.ts";

describe.each(Object.keys(architectures))("%s in two graphs", (name) => {
  const input = { channels: 2, height: 48, width: 64 };
  const recipe = { architecture: { name, options: name.startsWith("resnet") ? { width: 1 / 8 } : {} }, input };
  const names = ({ net }: Pick<ReturnType<typeof buildNetwork>, "net">) =>
    [...net.parameters, ...net.statistics].map((tensor) => tensor.name);

  it("divides its tensors between backbone and head", () => {
    const { backbone, head } = splitNetwork(recipe, "inference", "batch");
    expect([...names(backbone), ...names(head)].sort()).toEqual(
      names(buildNetwork(recipe, "inference", "batch")).sort(),
    );
    expect(names(head).length).toBeGreaterThan(0);
    expect(backbone.pooled.shape).toEqual(["batch", expect.any(Number)]);
  });

  it("gives the logits of the whole", async () => {
    const rows = 3;
    const whole = buildNetwork(recipe, "inference", "batch");
    const tensors = initialTensors(whole.net, createRng(name));
    const rng = createRng("pictures");
    const x = { shape: [rows, 2, 48, 64], data: Float32Array.from({ length: rows * 2 * 48 * 64 }, () => rng.normal()) };
    const { backbone, head } = splitNetwork(recipe, "inference", "batch");
    backbone.graph.output(backbone.pooled, "pooled");
    for (const { graph, logit } of [whole, head]) graph.output(logit, "logit");
    const run = async ({ graph }: Pick<typeof whole, "graph">, feed: TensorData, output: string) => {
      const session = await createSession(graph.toModel({ initializers: tensors }), { threads: 1 });
      const { [output]: result } = await session.compute({ x: feed }, [output]);
      await session.release();
      return result!;
    };
    const pooled = await run(backbone, x, "pooled");
    const logits = await run(head, { shape: [...pooled.shape, 1, 1], data: pooled.data }, "logit");
    const expected = await run(whole, x, "logit");
    for (const [row, logit] of expected.data.entries()) expect(logits.data[row]).toBeCloseTo(logit, 4);
  });
});
