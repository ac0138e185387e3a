/** What went wrong, in one word, for scripts: the `code` of an error in JSON. */
export type ErrorCode =
  | "usage"
  | "unknown-name"
  | "not-found"
  | "no-permission"
  | "unsupported-format"
  | "unreadable-picture"
  | "too-large"
  | "bad-dataset"
  | "bad-model"
  | "bad-options"
  | "exists"
  | "disk-full"
  | "diverged"
  | "interrupted"
  | "internal";

/**
 * A mistake that the user can mend. Its message is a whole sentence: what was expected, where, what came,
 * and what to do next. The shells print it without a stack trace (exit code 2, HTTP status 400).
 */
export class UserError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "UserError";
    this.code = code;
  }
}

/** HTTP status of an error: 415 for formats, 413 for size, 404, 400 for every other mistake of the user, else 500. */
export function httpStatus(error: unknown): number {
  if (!(error instanceof UserError)) return 500;
  if (error.code === "unsupported-format") return 415;
  if (error.code === "too-large") return 413;
  return error.code === "not-found" ? 404 : 400;
}

/** Exit code of an error: 2 for a mistake of the user, 130 when interrupted, 1 for everything else. */
export function exitCode(error: unknown): number {
  if (!(error instanceof UserError)) return 1;
  if (error.code === "interrupted") return 130;
  return error.code === "diverged" || error.code === "disk-full" || error.code === "internal" ? 1 : 2;
}

/** The error as scripts see it: the same object in `--json`, in JSON lines and in HTTP bodies. */
export function errorBody(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof UserError) return { code: error.code, message: error.message };
  return { code: "internal", message: error instanceof Error ? error.message : String(error) };
}

/** `Unknown representation "elaa". Did you mean "ela"? Known: rgb, ela, …` */
export function unknownName(kind: string, name: string, known: readonly string[]): UserError {
  const near = nearest(name, known);
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  return new UserError("unknown-name", `Unknown ${kind} "${name}".${hint} Known: ${known.join(", ")}.`);
}

/** The known word at the smallest edit distance, where that is at most a third of its length. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best !== undefined && bestDistance <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substitution));
    }
    row = next;
  }
  return row[b.length]!;
}
