import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";

const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const web = fileURLToPath(new URL("../../web", import.meta.url));

/** A real Chromium; throws with the next step where there is none. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(chromiumPath))
    throw new Error(
      `The page is tested in a real Chromium, and there is none at ${chromiumPath}. Install it (Debian: apt-get install chromium), or name it in the variable CHROMIUM.`,
    );
  return chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** The page as `npm run build` makes it, into a folder. */
export async function buildPage(folder: string): Promise<void> {
  await build({
    root: web,
    configFile: join(web, "vite.config.ts"),
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true },
  });
}

/** Rule violations in words, so that a failure tells what to mend. */
export async function violations(page: Page, rule?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rule === undefined ? axe : axe.withRules(rule)).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
