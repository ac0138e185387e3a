import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../core/errors.ts";
import type { ComparisonData } from "../../report/compare/comparisonData.ts";
import { readComparison } from "../../report/compare/readComparison.ts";
import { errorAnswer } from "../answers.ts";
import type { App, Rooms } from "../app.ts";
import { comparisonAnswer, comparisonsAnswer } from "../comparisonAnswers.ts";

/** The comparisons of strategies in the runs folder: `<runs>/<name>/compare.json`. */
export function comparisonRoutes(app: App, { runs }: Rooms): void {
  app.get(
    "/v1/comparisons",
    { schema: { summary: "The comparisons of strategies in runs/", response: { 200: comparisonsAnswer } } },
    async () => {
      const found = await Promise.all(
        (await namesIn(runs)).map(async (name) => {
          const comparison = await read(runs, name).catch(() => undefined); // a run, or not written by us
          return comparison === undefined ? [] : [rowOf(name, comparison)];
        }),
      );
      const newestFirst = found.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
      return { schemaVersion: 1 as const, comparisons: newestFirst };
    },
  );

  app.get(
    "/v1/comparisons/:name",
    {
      schema: {
        summary: "One comparison, whole: compare.json",
        params: z.object({ name: z.string() }),
        response: { 200: comparisonAnswer, "4xx": errorAnswer },
      },
    },
    async ({ params: { name } }) => {
      // Only a name that stands in the folder is ever joined to its path, so that none leads out of it.
      const comparison = (await namesIn(runs)).includes(name) ? await read(runs, name) : undefined;
      if (comparison === undefined)
        throw new UserError(
          "not-found",
          `There is no comparison "${name}" in ${runs}/. GET /v1/comparisons names those that are; \`assay compare <dataset>\` makes one.`,
        );
      return { ...comparison, ratios: [...comparison.ratios] };
    },
  );
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** undefined where the folder holds none. Throws UserError where it is damaged. */
async function read(runs: string, name: string): Promise<ComparisonData | undefined> {
  const text = await readFile(join(runs, name, "compare.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return readComparison(text);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError("bad-dataset", `${name}/compare.json: ${error.message}`);
    throw error;
  }
}

function rowOf(name: string, { createdAt, dataset, ratios }: ComparisonData) {
  return {
    name,
    createdAt,
    dataset: dataset.name,
    strategies: new Set(ratios.flatMap(({ strategies }) => strategies.map((row) => row.name))).size,
    ratios: ratios.map(({ ratio, recommended }) => ({ ratio, recommended: recommended.name })),
  };
}
