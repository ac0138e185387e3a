import { z } from "zod";
import { UserError, unknownName } from "./errors.ts";

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
  throw new UserError("bad-options", `Options of ${kind}: ${sentence(result.error)}`);
}

/** All of a zod error's complaints in one sentence, each with its path. */
export function sentence(error: z.ZodError): string {
  return `${error.issues.map((issue) => `${[issue.path.join("."), issue.message].filter(Boolean).join(": ")}`).join("; ")}.`;
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
