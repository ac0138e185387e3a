import type { FastifyInstance } from "fastify";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Detector } from "../detect/detection.ts";
import { detectorOf } from "../detect/testDetector.ts";
import type { Pixels } from "../image/codec.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { createApp } from "./app.ts";

const model = { name: "fake-model", sha256: "0".repeat(64), domain: "gradients" };

const measured = { value: 0.4, low: 0.3, high: 0.5, n: 100 };
const operatingPoint = { recall: measured, falseAlarmRate: { undefinedBecause: "there are no real pictures" } };

/** Says "fake" of everything that decodes; its heat map is white in the stored picture's top left quarter. */
const detector: Detector = detectorOf({
  model,
  operatingPoint,
  async detect(bytes, options) {
    const { sha256, format, pixels, orientation, warnings } = await codec.decode(bytes);
    return {
      sha256,
      verdict: "fake",
      probability: 0.97,
      thresholds: { real: 0.2, fake: 0.6 },
      falseAlarmRate: 0.01,
      model,
      evidence: [],
      warnings,
      picture: { format, width: pixels.width, height: pixels.height, orientation, bytes: bytes.length },
      ...(options?.heatMap && { heatMap: { width: 2, height: 2, data: Float32Array.of(1, 0, 0, 0) } }),
    };
  },
  async close() {},
});

/** A gradient with a hard edge: [height, width, 3] */
function picture(width = 48, height = 32): Pixels {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y, c] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    return x > width / 2 ? 200 : (x * 5 + y * 3 + c * 40) % 256;
  });
  return { width, height, channels: 3, data };
}

let app: FastifyInstance;
let appWithoutModel: FastifyInstance;
let jpeg: Uint8Array;
const limits = { maxBytes: 50_000, maxPixels: 10_000 };
const text = new TextEncoder().encode("this is no picture");

beforeAll(async () => {
  app = await createApp({ codec, detector, limits });
  appWithoutModel = await createApp({ codec, limits });
  jpeg = await codec.encodeJpeg(picture(), { quality: 85 });
});
afterAll(async () => {
  await app.close();
  await appWithoutModel.close();
});

/** A multipart request; each part is a file's name and bytes, or a field's value. */
async function post(
  url: string,
  parts: readonly (readonly [field: string, name: string, bytes: Uint8Array])[],
  to: FastifyInstance = app,
) {
  const form = new FormData();
  for (const [field, name, bytes] of parts) form.append(field, new Blob([new Uint8Array(bytes)]), name);
  const encoded = new Response(form);
  return to.inject({
    method: "POST",
    url,
    headers: { "content-type": encoded.headers.get("content-type")! },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
}

const errorOf = (answer: { json(): unknown }) => (answer.json() as { error: { code: string; message: string } }).error;

describe("POST /v1/detect", () => {
  it("answers one file with the object of assay detect --json", async () => {
    const answer = await post("/v1/detect", [["file", "a.jpg", jpeg]]);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      schemaVersion: 1,
      file: "a.jpg",
      sha256: (await codec.decode(jpeg)).sha256,
      verdict: "fake",
      probability: 0.97,
      thresholds: { real: 0.2, fake: 0.6 },
      falseAlarmRate: 0.01,
      model,
      warnings: [],
    });
    expect(answer.json()).not.toHaveProperty("heatMap");
  });

  it("answers several as JSON lines, errors inline", async () => {
    const answer = await post("/v1/detect", [
      ["file", "a.jpg", jpeg],
      ["file", "b.jpg", text],
      ["file", "big.jpg", new Uint8Array(60_000)],
      ["file", "c.jpg", jpeg],
    ]);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toContain("application/x-ndjson");
    const lines = answer.body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ file, verdict, error }) => [file, verdict ?? error.code])).toEqual([
      ["a.jpg", "fake"],
      ["b.jpg", "unsupported-format"],
      ["big.jpg", "too-large"],
      ["c.jpg", "fake"],
    ]);
    expect(lines[1].schemaVersion).toBe(1);
  });

  it("keeps answering where the first file is the bad one", async () => {
    const answer = await post("/v1/detect", [
      ["file", "big.jpg", new Uint8Array(60_000)],
      ["file", "a.jpg", jpeg],
    ]);
    const lines = answer.body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ verdict, error }) => verdict ?? error.code)).toEqual(["too-large", "fake"]);
  });

  it("turns the heat map as the picture is shown", async () => {
    // Orientation 6: the stored top left is shown at the top right.
    const turned = await sharp(jpeg).keepMetadata().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { heatMap } = (await post("/v1/detect?heatMap=true", [["file", "a.jpg", turned]])).json() as {
      heatMap: string;
    };
    const { pixels } = await codec.decode(Buffer.from(heatMap.split(",")[1]!, "base64"));
    const grey = [0, 1, 2, 3].map((i) => pixels.data[i * 3]);
    expect(grey).toEqual([0, 255, 0, 0]);
  });

  it.each([
    ["text", "a.jpg", text, 415, "unsupported-format"],
    ["an empty file", "a.jpg", new Uint8Array(), 400, "unreadable-picture"],
    ["a file over the limit", "a.jpg", new Uint8Array(60_000), 413, "too-large"],
    ["a request far over the limit", "a.jpg", new Uint8Array(500_000), 413, "too-large"],
  ] as const)("refuses %s with a sentence", async (_what, name, bytes, status, code) => {
    const answer = await post("/v1/detect", [["file", name, bytes]]);
    expect([answer.statusCode, errorOf(answer).code]).toEqual([status, code]);
    expect(errorOf(answer).message).toMatch(/^[A-Za-z].*\.$/s);
    expect(answer.body).not.toMatch(/\.ts\b|node_modules|\n +at /);
  });

  it("refuses a picture with too many pixels before decoding it", async () => {
    const answer = await post("/v1/inspect", [["file", "wide.png", await codec.encodePng(picture(400, 30))]]);
    expect([answer.statusCode, errorOf(answer).code]).toEqual([413, "too-large"]);
  });

  it("names the field that it expects", async () => {
    const answer = await post("/v1/detect", [["picture", "a.jpg", jpeg]]);
    expect(answer.statusCode).toBe(400);
    expect(errorOf(answer)).toEqual({
      code: "usage",
      message: 'Unknown multipart field "picture". Send each picture in the field "file".',
    });
  });

  it("refuses a request without a file, or that is not multipart", async () => {
    const none = await post("/v1/detect", []);
    expect([none.statusCode, errorOf(none).code]).toEqual([400, "usage"]);
    for (const contentType of ["application/json", "image/jpeg"]) {
      const headers = { "content-type": contentType };
      const answer = await app.inject({ method: "POST", url: "/v1/detect", headers, payload: "{}" });
      expect([answer.statusCode, errorOf(answer).code]).toEqual([415, "usage"]);
    }
  });

  it("refuses a body that is cut short", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const payload = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nhalf of';
    const answer = await app.inject({ method: "POST", url: "/v1/detect", headers, payload });
    expect(answer.statusCode).toBe(400);
    expect(errorOf(answer).message).toMatch(/\.$/);
  });

  it("keeps the cause of an unexpected failure to itself", async () => {
    const broken = detectorOf({ ...detector, detect: () => Promise.reject(new Error("secret path")) });
    const brokenApp = await createApp({ codec, detector: broken });
    const answer = await post("/v1/detect", [["file", "a.jpg", jpeg]], brokenApp);
    expect([answer.statusCode, errorOf(answer).code]).toEqual([500, "internal"]);
    expect(answer.body).not.toContain("secret");
    await brokenApp.close();
  });

  it("says how to get a model where there is none", async () => {
    const answer = await post("/v1/detect", [["file", "a.jpg", jpeg]], appWithoutModel);
    expect([answer.statusCode, errorOf(answer).code]).toEqual([503, "bad-model"]);
    expect(errorOf(answer).message).toMatch(/npm run quickstart.*assay train.*assay serve --model/s);
  });
});

describe("POST /v1/representations/:name", () => {
  it("answers with the planes as a PNG and records every option", async () => {
    const answer = await post("/v1/representations/ela?quality=75&gain=20", [["file", "a.jpg", jpeg]], appWithoutModel);
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(String(answer.headers["assay-representation"]))).toMatchObject({
      name: "ela",
      options: { quality: 75, scale: "fixed", gain: 20 },
      applies: true,
    });
    const image = await codec.decode(jpeg);
    const saved = await codec.decodePixels(await codec.encodeJpeg(image.pixels, { quality: 75 }));
    const expected = image.pixels.data.map((level, i) => Math.min(255, Math.abs(level - saved.data[i]!) * 20));
    const { pixels } = await codec.decode(answer.rawPayload);
    expect(pixels.data).toEqual(expected);
  });

  it("shrinks by the mean of blocks", async () => {
    const answer = await post("/v1/representations/rgb?maxSide=16", [
      ["file", "a.png", await codec.encodePng(picture())],
    ]);
    const { pixels } = await codec.decode(answer.rawPayload);
    expect([pixels.width, pixels.height]).toEqual([16, 11]);
    const { data, width } = picture();
    const block = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => data[(y * width + x) * 3]!));
    expect(pixels.data[0]).toBe(Math.round(block.reduce((a, b) => a + b) / 9));
  });

  it.each([
    ["elaa", 'Did you mean "ela"?', "unknown-name"],
    ["ela?quality=101", "quality", "bad-options"],
    ["ela?qualty=90", "qualty", "bad-options"],
    ["ela?scale=log", "scale", "bad-options"],
    ["ela?maxSide=0", "maxSide", "bad-options"],
  ])("refuses %s", async (path, hint, code) => {
    const answer = await post(`/v1/representations/${path}`, [["file", "a.jpg", jpeg]]);
    expect([answer.statusCode, errorOf(answer).code]).toEqual([400, code]);
    expect(errorOf(answer).message).toContain(hint);
  });

  it("takes one picture at a time", async () => {
    const two = [
      ["file", "a.jpg", jpeg],
      ["file", "b.jpg", jpeg],
    ] as const;
    const answer = await post("/v1/representations/ela", two);
    expect([answer.statusCode, errorOf(answer).code]).toEqual([400, "usage"]);
  });

  it("cuts a single upload at the limit for one picture", async () => {
    const answer = await post("/v1/representations/ela", [["file", "a.jpg", new Uint8Array(150_000)]]);
    expect([answer.statusCode, errorOf(answer).code]).toEqual([413, "too-large"]);
  });
});

describe("POST /v1/inspect", () => {
  it("tells header, tables, hashes and metadata", async () => {
    const body = (await post("/v1/inspect", [["file", "a.jpg", jpeg]], appWithoutModel)).json();
    expect(body).toMatchObject({
      schemaVersion: 1,
      file: "a.jpg",
      picture: { format: "jpeg", width: 48, height: 32, bytes: jpeg.length, orientation: 1 },
      jpeg: { subsampling: "4:2:0", quality: 85, standardTables: true, progressive: false },
    });
    expect(body.jpeg.tables[0].values).toHaveLength(64);
    expect(body.hashes.sha256).toBe((await codec.decode(jpeg)).sha256);
    expect(body.hashes.md5).toHaveLength(32);
  });

  it("has no JPEG facts of a PNG, and refuses text", async () => {
    const png = await post("/v1/inspect", [["file", "a.png", await codec.encodePng(picture())]]);
    expect(png.json()).not.toHaveProperty("jpeg");
    expect((await post("/v1/inspect", [["file", "a.jpg", text]])).statusCode).toBe(415);
  });
});

describe("POST /v1/preview", () => {
  it("shows any format as an upright PNG", async () => {
    const tiff = await sharp(jpeg).withMetadata({ orientation: 6 }).tiff({ compression: "none" }).toBuffer();
    const answer = await post("/v1/preview", [["file", "a.tiff", tiff]]);
    expect(answer.headers["content-type"]).toBe("image/png");
    const { pixels } = await codec.decode(answer.rawPayload);
    expect([pixels.width, pixels.height]).toEqual([32, 48]);
  });
});

describe("GET", () => {
  const get = async (url: string, from = app) => from.inject({ method: "GET", url });

  it("/v1/registry lists every table, each entry with the schema of its options", async () => {
    const { schemaVersion: _, representations, ...others } = (await get("/v1/registry")).json();
    expect(Object.keys(others)).toEqual([
      "architectures",
      "losses",
      "optimizers",
      "schedules",
      "imbalance",
      "slipOperations",
    ]);
    const ela = representations.find(({ name }: { name: string }) => name === "ela");
    expect(ela.options.properties.quality).toMatchObject({ default: 90, minimum: 1, maximum: 100 });
  });

  it("/v1/model names the model, or how to get one", async () => {
    expect((await get("/v1/model")).json()).toEqual({ schemaVersion: 1, model, operatingPoint, limits });
    expect((await get("/v1/model", appWithoutModel)).json()).toMatchObject({
      model: null,
      nextStep: expect.stringContaining("npm run quickstart"),
    });
  });

  it("/v2/health tells live from ready", async () => {
    expect((await get("/v2/health/live", appWithoutModel)).json()).toEqual({ live: true });
    expect((await get("/v2/health/ready")).json()).toEqual({ ready: true });
    const notReady = await get("/v2/health/ready", appWithoutModel);
    expect([notReady.statusCode, notReady.json()]).toEqual([503, { ready: false }]);
  });

  it("/openapi.json describes every route, and /docs shows it", async () => {
    const { paths, openapi } = (await get("/openapi.json")).json();
    expect(openapi).toMatch(/^3\.1/);
    expect(Object.keys(paths).sort()).toEqual([
      "/v1/comparisons",
      "/v1/comparisons/{name}",
      "/v1/detect",
      "/v1/inspect",
      "/v1/model",
      "/v1/preview",
      "/v1/registry",
      "/v1/representations/{name}",
      "/v2/health/live",
      "/v2/health/ready",
    ]);
    const body = paths["/v1/detect"].post.requestBody.content["multipart/form-data"].schema;
    expect(body.properties.file.format).toBe("binary");
    expect((await get("/docs/")).statusCode).toBe(200);
  });

  it("answers an unknown address with a sentence, and never lets foreign pages frame it", async () => {
    const answer = await get("/v1/nothing");
    expect([answer.statusCode, errorOf(answer).code]).toEqual([404, "not-found"]);
    expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  });
});
