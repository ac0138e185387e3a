import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Pinned, so that figures of two days compare. torch 2.13.0 has a build for CPUs without CUDA's libraries. */
const packages = ["torch==2.13.0", "tensorflow-cpu==2.21.0", "pillow"];

const folder = fileURLToPath(new URL(".venv", import.meta.url));

/** The Python of bench/.venv, or the one that the environment variable names; undefined where neither exists. */
export function benchPython(variable: string): string | undefined {
  const own = `${folder}/bin/python`;
  return process.env[variable] ?? (existsSync(own) ? own : undefined);
}

/** Makes bench/.venv, which holds the peers and nothing of ours. */
export function setup(): void {
  run("python3", ["-m", "venv", folder], "Install Python 3.10 to 3.13 with its venv module (Debian: python3-venv).");
  run(
    `${folder}/bin/python`,
    ["-m", "pip", "install", "--disable-pip-version-check", ...packages],
    "Look at pip's message above; the peers need about 3 GB of disk and a connection.",
  );
  console.log(`Ready: ${folder}. Next: npm run bench -- train`);
}

function run(command: string, parameters: string[], next: string): void {
  const { status, error } = spawnSync(command, parameters, { stdio: "inherit" });
  if (status === 0) return;
  console.error(`${command} ${parameters.join(" ")} failed${error ? ` (${error.message})` : ""}. ${next}`);
  process.exit(1);
}
