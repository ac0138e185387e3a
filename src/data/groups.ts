import { nearest, UserError } from "../core/errors.ts";
import { casiaSources } from "./casiaNames.ts";
import { count, type Entry, some } from "./listing.ts";
import { nearPairs, type PerceptualHash } from "./perceptualHash.ts";
import { UnionFind } from "./unionFind.ts";

/** A readable picture on its way into the manifest. */
export interface Candidate extends Entry {
  readonly sha256: string;
  readonly perceptualHash: PerceptualHash;
}

export interface Grouping {
  /** One name for each candidate. */
  readonly groups: readonly string[];
  /** `column group`, `CASIA names`, `pattern …` or `near-duplicates`. */
  readonly groupedBy: string;
  readonly warnings: readonly string[];
}

/** Hashes of one scene differ in at most this many of 64 bits: on CASIA v1 921 of 923 such pairs share a source. */
export const nearDuplicateBits = 10;

/**
 * Pictures of one group share a source and never stand in two parts of a split.
 * `groupBy`: `column:<name>`, `casia`, `near-duplicates` or a regular expression whose captures name the group;
 * by default the column group where it is filled, else CASIA's names where all match, else near-duplicates.
 * Files with the same bytes are of one group whatever the rest says.
 */
export function groupCandidates(candidates: readonly Candidate[], groupBy?: string): Grouping {
  const sets = new UnionFind(candidates.length);
  const kind = groupBy ?? defaultKind(candidates);
  const found = joinBy(kind, candidates, sets);
  joinEqual(
    sets,
    candidates.map(({ sha256 }) => sha256),
  );
  // A group is called after its first member by path, so that its name is the same on every machine.
  const groups = candidates.map((_, i) => found.names[sets.find(i)]!);
  const warnings = [...found.warnings, ...giantGroup(groups, found.groupedBy)];
  return { groups, groupedBy: found.groupedBy, warnings };
}

function defaultKind(candidates: readonly Candidate[]): string {
  if (candidates.some(({ group }) => group !== undefined)) return "column:group";
  return candidates.every(({ path }) => casiaSources(path) !== undefined) ? "casia" : "near-duplicates";
}

interface Joined {
  /** Of each candidate, should it lead its group. */
  readonly names: readonly string[];
  readonly groupedBy: string;
  readonly warnings: readonly string[];
}

function joinBy(kind: string, candidates: readonly Candidate[], sets: UnionFind): Joined {
  const paths = candidates.map(({ path }) => path);
  if (kind === "casia") return joinCasia(paths, sets);
  if (kind === "near-duplicates") {
    for (const [a, b] of nearPairs(
      candidates.map((c) => c.perceptualHash),
      nearDuplicateBits,
    ))
      sets.join(a, b);
    return { names: paths, groupedBy: "near-duplicates", warnings: [] };
  }
  if (kind.startsWith("column:")) {
    const column = kind.slice("column:".length);
    if (column !== "group" && column !== "source")
      throw new UserError(
        "bad-options",
        `Cannot group by the column "${column}". Give --group-by column:group or column:source.`,
      );
    return joinNames(
      candidates.map((c) => c[column]),
      paths,
      `column ${column}`,
      sets,
    );
  }
  return joinNames(paths.map(matcher(kind)), paths, `pattern ${kind}`, sets);
}

/** Candidates of one name are of one group; those without a name stand alone. */
function joinNames(
  names: readonly (string | undefined)[],
  paths: readonly string[],
  groupedBy: string,
  sets: UnionFind,
): Joined {
  const without = paths.filter((_, i) => names[i] === undefined);
  if (without.length === paths.length)
    throw new UserError(
      "bad-dataset",
      `Grouping by ${groupedBy} matches none of the ${count(paths.length, "picture")}, such as ${paths[0]}.`,
    );
  joinEqual(sets, names);
  const warnings =
    without.length === 0
      ? []
      : [
          `${count(without.length, "picture")} without a group by ${groupedBy}, each a group of its own: ${some(without)}.`,
        ];
  return { names: paths.map((path, i) => names[i] ?? path), groupedBy, warnings };
}

/** A forgery joins the pictures it was made of: the target and the source of its name. */
function joinCasia(paths: readonly string[], sets: UnionFind): Joined {
  const sources = paths.map((path) => {
    const found = casiaSources(path);
    if (found === undefined)
      throw new UserError("bad-dataset", `${path} is no name of CASIA's. Use another --group-by.`);
    return found;
  });
  const first = new Map<string, number>();
  sources.forEach((names, i) => {
    for (const name of names) {
      const before = first.get(name);
      if (before === undefined) first.set(name, i);
      else sets.join(before, i);
    }
  });
  return { names: sources.map((names) => names[0]!), groupedBy: "CASIA names", warnings: [] };
}

function joinEqual(sets: UnionFind, keys: readonly (string | undefined)[]): void {
  const first = new Map<string, number>();
  keys.forEach((key, i) => {
    if (key === undefined) return;
    if (!first.has(key)) first.set(key, i);
    else sets.join(first.get(key)!, i);
  });
}

/** The captures of a regular expression on a path, joined by "/". */
function matcher(pattern: string): (path: string) => string | undefined {
  const known = ["casia", "near-duplicates", "column:group", "column:source"];
  const near = nearest(pattern, known);
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch (cause) {
    throw new UserError(
      "bad-options",
      `--group-by "${pattern}" is no regular expression.${hint} Known besides: ${known.join(", ")}.`,
      { cause },
    );
  }
  if (new RegExp(`${pattern}|`).exec("")!.length === 1)
    throw new UserError(
      "bad-options",
      `--group-by "${pattern}" captures nothing: put the part of the path that names the group in parentheses, such as "scene(\\d+)".${hint} Known besides: ${known.join(", ")}.`,
    );
  return (path) => {
    const captures = expression
      .exec(path)
      ?.slice(1)
      .filter((capture) => capture !== undefined);
    return captures === undefined || captures.length === 0 ? undefined : captures.join("/");
  };
}

/** Most of the pictures in one group leave nothing to split; near-duplicates do that to screens of one template. */
function giantGroup(groups: readonly string[], groupedBy: string): string[] {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const largest = Math.max(0, ...sizes.values());
  if (groups.length < 10 || largest < groups.length / 2) return [];
  const next =
    groupedBy === "near-duplicates"
      ? " Pictures of one template look alike to a perceptual hash: give the groups with --group-by or a column group."
      : "";
  return [
    `One group by ${groupedBy} holds ${largest.toLocaleString("en")} of ${count(groups.length, "picture")}.${next}`,
  ];
}
