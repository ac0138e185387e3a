import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";

/** The folder of one comparison: what is where stands here and nowhere else. */
export interface CompareFolder {
  readonly path: string;
  readonly jobs: string;
  readonly data: string;
  readonly report: string;
}

/** Makes or opens it. One that holds something is refused without `force`, unless the comparison goes on. */
export async function openCompareFolder(
  path: string,
  { force = false, resume = false }: { readonly force?: boolean; readonly resume?: boolean },
): Promise<CompareFolder> {
  const folder = {
    path,
    jobs: join(path, "jobs.jsonl"),
    data: join(path, "compare.json"),
    report: join(path, "compare.html"),
  };
  const held: string[] = await readdir(path).catch(() => []);
  const ours = held.includes("jobs.jsonl");
  if (resume && !ours)
    throw new UserError("not-found", `There is no comparison to go on with in ${path}. Start it without --resume.`);
  if (held.length > 0 && !resume) {
    if (!force)
      throw new UserError(
        "exists",
        `${path} is not empty. Go on with --resume, write over a comparison with --force, or choose another --out.`,
      );
    if (!ours)
      throw new UserError(
        "exists",
        `${path} holds files but no comparison of ours (no jobs.jsonl): it is left alone. Choose another --out.`,
      );
    for (const file of [folder.jobs, folder.data, folder.report]) await rm(file, { force: true });
  }
  await mkdir(path, { recursive: true });
  return folder;
}
