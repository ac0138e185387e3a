import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exampleComparison } from "../../test/golden/report/exampleComparison.ts";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { createApp } from "./app.ts";

const example = exampleComparison();
let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-comparisons-"));
  const put = async (name: string, text: string) => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, "compare.json"), text);
  };
  await put("runs/slips at 1:10", JSON.stringify(example));
  await put("runs/older", JSON.stringify({ ...example, createdAt: "2026-11-01T00:00:00.000Z" }));
  await put("runs/broken", "{");
  await put("runs/tomorrow", JSON.stringify({ ...example, schemaVersion: 2 }));
  await put("secret", JSON.stringify(example));
  await mkdir(join(folder, "runs", "a-run"));
  await symlink(join(folder, "secret"), join(folder, "runs", "link"));
  await writeFile(join(folder, "runs", "compare.json"), JSON.stringify(example));
  app = await createApp({ codec, runs: join(folder, "runs") });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, to = app) => to.inject({ method: "GET", url });

it("lists the comparisons of the runs folder, the newest first, and nothing else", async () => {
  const answer = await get("/v1/comparisons");
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({
    schemaVersion: 1,
    comparisons: [
      {
        name: "slips at 1:10",
        createdAt: "2026-11-21T09:40:00.000Z",
        dataset: "slips",
        strategies: 9,
        ratios: [
          { ratio: "1:10", recommended: "balancedEnsemble" },
          { ratio: "1:100", recommended: null },
        ],
      },
      expect.objectContaining({ name: "older" }),
    ],
  });
});

it("gives compare.json whole", async () => {
  const answer = await get(`/v1/comparisons/${encodeURIComponent("slips at 1:10")}`);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual(JSON.parse(JSON.stringify(example)));
});

it.each([
  "nowhere",
  "a-run",
  "link",
  "..%2Fsecret",
  "%2E%2E%2Fsecret",
  "older%2F..%2F..%2Fsecret",
  "..%5Csecret",
  ".",
  "%00",
  "compare.json",
])("does not know %s", async (name) => {
  const answer = await get(`/v1/comparisons/${name}`);
  expect([answer.statusCode, answer.json().error.code]).toEqual([404, "not-found"]);
  expect(answer.body).not.toContain("balancedEnsemble");
});

it.each([
  ["broken", "no JSON"],
  ["tomorrow", "version 2"],
])("says what is wrong with %s", async (name, reason) => {
  const answer = await get(`/v1/comparisons/${name}`);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().error.message).toContain(reason);
});

it("lists none where there is no runs folder", async () => {
  const bare = await createApp({ codec, runs: join(folder, "nothing") });
  expect((await get("/v1/comparisons", bare)).json()).toEqual({ schemaVersion: 1, comparisons: [] });
  await bare.close();
});
