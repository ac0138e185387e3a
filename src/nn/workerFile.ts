import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** How a thread loads a module named without its ending: as .ts it needs tsx, as .js (npm run build) nothing. */
export function workerFile(file: URL): { filename: string; execArgv: string[] } {
  const here = import.meta.url;
  const ending = here.endsWith(".ts") ? ".ts" : ".js";
  const filename = `${file.href}${ending}`;
  if (ending === ".js") return { filename, execArgv: [] };
  return { filename, execArgv: ["--import", pathToFileURL(createRequire(here).resolve("tsx")).href] };
}
