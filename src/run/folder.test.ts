import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../data/testPictures.ts";
import { openRunFolder } from "./folder.ts";

it("belongs to one training at a time, whatever the flags", async () => {
  await using home = await temporaryFolder();
  const path = join(home.root, "run");
  const first = await openRunFolder(path, {});
  await first.write("config.json", "{}");
  await expect(openRunFolder(path, { resume: true })).rejects.toThrow("is training in");
  await expect(openRunFolder(path, { force: true })).rejects.toThrow("Wait for its end, stop it, or choose another");
  expect(existsSync(join(path, "config.json"))).toBe(true);
  await first.release();
  expect(existsSync(join(path, "lock"))).toBe(false);

  const second = await openRunFolder(path, { resume: true });
  await second.release();
  const third = await openRunFolder(path, { force: true });
  expect(existsSync(join(path, "config.json"))).toBe(false);
  await third.release();
  await expect(openRunFolder(path, {})).rejects.toThrow("holds a run already");
});

it("is free again once its process was killed", async () => {
  await using home = await temporaryFolder();
  const path = join(home.root, "run");
  const module = JSON.stringify(new URL("./folder.ts", import.meta.url).href);
  const program = `import(${module}).then(async ({ openRunFolder }) => {
    await openRunFolder(${JSON.stringify(path)}, {});
    console.log("open");
    setInterval(() => {}, 1000);
  });`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await once(child.stdout, "data");
    await expect(openRunFolder(path, { resume: true })).rejects.toThrow(`Process ${child.pid} is training in`);
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  expect(existsSync(join(path, "lock"))).toBe(true);
  const folder = await openRunFolder(path, { resume: true });
  expect(await readFile(join(path, "lock"), "utf8")).toMatch(new RegExp(`^${process.pid} `));
  await folder.release();
}, 60_000);

it.each([
  ["a process that has this one's number and began at another time", `${process.pid} 1\n`],
  ["nobody: left empty", ""],
  ["words that are no number", "mine\n"],
])("is not kept by %s", async (_, holder) => {
  if (holder.endsWith(" 1\n") && process.platform !== "linux") return; // elsewhere nobody tells when a process began
  await using home = await temporaryFolder({ "run/weights/kept": "", "run/lock": holder });
  const path = join(home.root, "run");
  const folder = await openRunFolder(path, { resume: true });
  await folder.release();
  expect(existsSync(join(path, "weights/kept"))).toBe(true);
});

it("has one holder where several come at once", async () => {
  await using home = await temporaryFolder({ "run/weights/kept": "", "run/lock": "999999999 5\n" });
  const path = join(home.root, "run");
  const opened = await Promise.allSettled([1, 2, 3, 4].map(() => openRunFolder(path, { resume: true })));
  expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("leaves alone what is no lock of its own when it is released", async () => {
  await using home = await temporaryFolder();
  const folder = await openRunFolder(join(home.root, "run"), {});
  await writeFile(join(home.root, "run/lock"), "1 1\n");
  await folder.release();
  expect(existsSync(join(home.root, "run/lock"))).toBe(true);
});
