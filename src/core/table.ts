import { z } from "zod";
import { nearest, UserError, unknownName } from "./errors.ts";

/** What every entry of every plug-in table says of itself. */
export interface Entry<O extends z.ZodObject = z.ZodObject> {
  /** One line for `assay list`, help and docs. */
  readonly summary: string;
  /** Author, title, year. */
  readonly cite: string;
  /** Defaults, ranges and descriptions live here and nowhere else. */
  readonly options: O;
}

export type Table = Readonly<Record<string, Entry>>;

/** The entry of that name; a UserError with the nearest known name otherwise. */
export function lookUp<T extends Table>(table: T, kind: string, name: string): T[keyof T] {
  if (!Object.hasOwn(table, name)) throw unknownName(kind, name, Object.keys(table));
  return table[name] as T[keyof T];
}

/** Options with their defaults filled in; unknown keys and values out of range are a UserError that names them. */
export function parseOptions<O extends z.ZodObject>(entry: Entry<O>, kind: string, given: unknown): z.infer<O> {
  const result = entry.options.strict().safeParse(given ?? {});
  if (result.success) return result.data as z.infer<O>;
  throw new UserError("bad-options", `Options of ${kind}: ${sentence(result.error, entry.options)}`);
}

/**
 * All of a zod error's complaints in one sentence, each with its path; with the schema both ends of a range are named
 * where only one was passed, and for an unknown key the one that was meant, or all that are known.
 */
export function sentence(error: z.ZodError, schema?: z.ZodObject): string {
  const said = error.issues.map((issue) => [issue.path.join("."), words(issue, schema)].filter(Boolean).join(": "));
  return `${said.join("; ")}.`;
}

/** Zod's words say which end of a range was passed ("Too small: expected number to be >0"): ours say which numbers are allowed. */
function words(issue: z.core.$ZodIssue, schema: z.ZodObject | undefined): string {
  if (issue.code === "unrecognized_keys" && schema !== undefined)
    return unknownKeys(issue.keys, keysAt(schema, issue.path));
  const isRange = (issue.code === "too_small" || issue.code === "too_big") && /^Too (small|big): /.test(issue.message);
  if (!isRange || (issue.origin !== "number" && issue.origin !== "int")) return issue.message;
  const known = schema?.shape[String(issue.path[0])];
  const [low, high] =
    known !== undefined && issue.path.length === 1
      ? endsOf(z.toJSONSchema(known, { io: "input" }))
      : issue.code === "too_small"
        ? [`${issue.inclusive ? "at least" : "above"} ${issue.minimum}`]
        : [undefined, `${issue.inclusive ? "at most" : "below"} ${issue.maximum}`];
  return `must be ${[low, high].filter((end) => end !== undefined).join(" and ")}`;
}

/** Each key with the one that was meant; what is known stands once, behind the last, where a key is like none of it. */
function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  const near = keys.map((key) => nearest(key, known));
  const said = keys.map(
    (key, i) => `unknown key "${key}"${near[i] === undefined ? "" : ` (did you mean "${near[i]}"?)`}`,
  );
  const list = near.includes(undefined) && known.length > 0 ? ` (known: ${known.join(", ")})` : "";
  return said.join(", ") + list;
}

/** Keys of the object at that place of a schema; none where it is no object of known keys. */
function keysAt(schema: z.ZodObject, path: readonly PropertyKey[]): string[] {
  let place: z.core.JSONSchema.BaseSchema | undefined = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  for (const key of path) {
    const next: z.core.JSONSchema._JSONSchema | undefined =
      place?.properties?.[String(key)] ?? place?.additionalProperties;
    place = typeof next === "object" ? next : undefined;
  }
  return Object.keys(place?.properties ?? {});
}

function endsOf(range: z.core.JSONSchema.BaseSchema): [string | undefined, string | undefined] {
  const { minimum, exclusiveMinimum, maximum = Number.POSITIVE_INFINITY, exclusiveMaximum } = range;
  const low =
    exclusiveMinimum !== undefined
      ? `above ${exclusiveMinimum}`
      : minimum === undefined
        ? minimum
        : `at least ${minimum}`;
  if (exclusiveMaximum !== undefined) return [low, `below ${exclusiveMaximum}`];
  return [low, maximum < Number.MAX_SAFE_INTEGER ? `at most ${maximum}` : undefined];
}

/** The table as `assay list` and `/v1/registry` show it. */
export function describeTable(table: Table): { name: string; summary: string; cite: string; options: unknown }[] {
  return Object.entries(table).map(([name, { summary, cite, options }]) => ({
    name,
    summary,
    cite,
    options: z.toJSONSchema(options, { io: "input" }),
  }));
}
