import { UserError } from "./errors.ts";

/**
 * `1:k`, one fake for k genuine pictures, as k: above 0, not always whole. `what` names the number in the error's
 * sentence. The share of fakes is 1 / (1 + k). Throws UserError (bad-options).
 */
export function parseRatio(text: string, what = "ratio"): number {
  const realPerFake = Number(/^1:(\d+(?:\.\d+)?)$/.exec(text.trim())?.[1] ?? Number.NaN);
  if (realPerFake > 0 && Number.isFinite(realPerFake)) return realPerFake;
  throw new UserError(
    "bad-options",
    `The ${what} "${text}" is not of the form 1:k, one fake for k genuine pictures and k above 0, such as 1:10.`,
  );
}

/** `1:1,000`, `1:12.3`: with one digit behind the point where it says something. */
export function showRatio(realPerFake: number): string {
  const digits = realPerFake < 100 ? 1 : 0;
  return `1:${Number(realPerFake.toFixed(digits)).toLocaleString("en")}`;
}
