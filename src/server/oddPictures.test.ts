import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../data/testPictures.ts";
import type { Detector } from "../detect/detection.ts";
import { openDetector } from "../detect/detector.ts";
import { oddPictures } from "../detect/oddPictures.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { saveUntrained } from "../model/untrained.ts";
import { inputRecipe } from "../representations/input.ts";
import { createApp } from "./app.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let detector: Detector;

beforeAll(async () => {
  folder = await temporaryFolder();
  const side = { height: 32, width: 32 };
  const model = `${folder.root}/model.onnx`;
  await saveUntrained(model, {
    network: { architecture: { name: "smallcnn", options: { width: 0.25 } }, input: { channels: 3, ...side } },
    input: inputRecipe.parse({
      representation: { name: "rgb", options: {} },
      ...side,
      fit: "resize",
      kernel: "box",
      mean: [0, 0, 0],
      deviation: [1, 1, 1],
    }),
    decoder: codec.version,
    gate: "screenshot",
  });
  detector = await openDetector({ model, codec });
});
afterAll(async () => {
  await detector.close();
  await folder[Symbol.asyncDispose]();
});

it("answers odd pictures in a sentence, the gate's reason among them", { timeout: 60_000 }, async () => {
  const app = await createApp({ codec, detector });
  for (const { name, bytes, says } of await oddPictures()) {
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array(bytes)]), name);
    const encoded = new Response(form);
    const answer = await app.inject({
      method: "POST",
      url: `/v1/detect?heatMap=${name === "long.png"}`,
      headers: { "content-type": encoded.headers.get("content-type")! },
      payload: Buffer.from(await encoded.arrayBuffer()),
    });
    const body = answer.json();
    expect([name, answer.statusCode]).toEqual([name, says.error === undefined ? 200 : 400]);
    if (says.error !== undefined) expect(body.error.message).toMatch(says.error);
    if (says.outside !== undefined)
      expect(body).toMatchObject({ verdict: "inconclusive", outside: expect.stringMatching(says.outside) });
    if (says.warning !== undefined) expect(body.warnings.join(" ")).toMatch(says.warning);
  }
  await app.close();
});
