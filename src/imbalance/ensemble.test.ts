import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { buildNetwork } from "../nn/build.ts";
import { initialTensors } from "../nn/builder.ts";
import { combinations } from "../nn/combinations.ts";
import { exportModel } from "../nn/exportModel.ts";
import { openFixedNetwork } from "../nn/fixedNetwork.ts";
import { createTrainer, type NamedTensors } from "../nn/network.ts";
import { createSession } from "../onnx/session.ts";
import { combine, correctPrior, trainedLogits } from "./posterior.ts";

const input = { channels: 2, height: 48, width: 48 };
const of = { name: "smallcnn", options: { width: 1 / 8, headUnits: 16 } };
const shifts = [1.5, -0.3, 0.8];
const rng = createRng("ensemble");
const rows = 5;
const pictures = rng.fork("pictures");
const x = Float32Array.from({ length: rows * 2 * 48 * 48 }, () => 3 * pictures.normal());

/** Three networks with weights of their own; on a shared backbone, the first one's. */
function membersOf(shared: boolean): NamedTensors[] {
  const { net } = buildNetwork({ architecture: of, input }, "inference", "batch");
  const own = shifts.map((_, k) => initialTensors(net, rng.fork(`member/${k}`)));
  if (!shared) return own;
  const heads = own.map((tensors) => Object.entries(tensors).filter(([name]) => name.startsWith("head.")));
  return heads.map((head) => ({ ...own[0]!, ...Object.fromEntries(head) }));
}

function together(members: readonly NamedTensors[], shared: boolean): NamedTensors {
  const nameOf = (name: string, k: number) =>
    shared ? name.replace(/^head\./, `head.member${k}.`) : `member${k}.${name}`;
  return Object.fromEntries(
    members.flatMap((tensors, k) => Object.entries(tensors).map(([name, tensor]) => [nameOf(name, k), tensor])),
  );
}

describe.each([true, false])("members on a shared backbone: %s", (sharedBackbone) => {
  const members = membersOf(sharedBackbone);
  it.each(combinations)("%s: one graph answers what the members answer together, shifts taken off", async (how) => {
    const logits = await Promise.all(
      members.map(async (tensors, k) => {
        const member = await openFixedNetwork({ architecture: of, input }, tensors, { threads: 1 });
        const answers = correctPrior(trainedLogits(await member.predict(x, rows)), {
          logOdds: shifts[k]!,
          exact: true,
        });
        await member.release();
        return answers;
      }),
    );
    const expected = combine(logits, how, -1);
    const options = { of, members: 3, sharedBackbone, combine: how, shifts, threshold: -1 };
    const recipe = { architecture: { name: "ensemble", options }, input };
    const session = await createSession(exportModel(recipe, together(members, sharedBackbone)));
    const answers = await session.compute({ x: { data: x, shape: [rows, 2, 48, 48] } }, ["logit", "heatMap"]);
    for (const [i, logit] of expected.entries()) expect(answers.logit!.data[i]).toBeCloseTo(logit, 4);
    // Even a vote, which has no slope, shows where its members looked.
    expect(Math.max(...answers.heatMap!.data)).toBeGreaterThan(0);
    await session.release();
  });
});

describe("an ensemble", () => {
  const trainer = (options: object) =>
    createTrainer(
      { architecture: { name: "ensemble", options }, input },
      {
        batchSize: 2,
        loss: { name: "crossEntropy", options: {} },
        optimizer: { name: "sgd", options: {} },
        rng,
        threads: 1,
      },
    );

  it("is not trained as one where it votes, and has a shift for every member or none", async () => {
    await expect(trainer({ combine: "vote" })).rejects.toThrow("a vote has no slope");
    await expect(trainer({ members: 3, shifts: [1] })).rejects.toThrow("An ensemble of 3 members has 1 shifts");
  });

  it("gives every member weights of its own where it is trained as one", async () => {
    const whole = await trainer({ of, members: 2, sharedBackbone: false });
    const { "member0.conv1.weight": first, "member1.conv1.weight": second } = whole.tensors();
    expect(first!.data).not.toEqual(second!.data);
    await whole.release();
  });
});
