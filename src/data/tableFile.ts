import { readFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { z } from "zod";
import { nearest, UserError, unknownName } from "../core/errors.ts";
import { type FieldBox, type Part, parts, type SampleFacts } from "../core/sample.ts";
import { sentence } from "../core/table.ts";
import { parseCsv } from "./csv.ts";
import { labelOfWord, labelWordsInWords } from "./labels.ts";
import { count, type Entry, type Listing, some } from "./listing.ts";
import { sampleFacts } from "./sampleFacts.ts";

const columns = ["path", "label", "group", "source", "time", "mask", "split"] as const;
type Row = Partial<Record<(typeof columns)[number], string>> & {
  readonly line: number;
  /** As JSONL has it. */
  readonly boxes?: unknown;
  readonly facts?: SampleFacts;
};

const boxesSchema = z.record(
  z.string(),
  z.tuple([z.number(), z.number(), z.number().nonnegative(), z.number().nonnegative()]),
);

/** Rows of a CSV or JSONL file with the columns path and label, and, where given, group, source, time, mask, split. */
export async function listTable(file: string): Promise<Listing> {
  const name = basename(file);
  const text = await readFile(file, "utf8");
  const rows = /\.csv$/i.test(file) ? csvRows(name, text) : jsonRows(name, text);
  if (rows.length === 0)
    throw new UserError("bad-dataset", `${name} has no rows. Expected one picture a line, with path and label.`);
  const warnings: string[] = [];
  const seen = new Map<string, Entry>();
  const repeated: string[] = [];
  for (const row of rows) {
    const entry = entryOf(row, name, dirname(file));
    const before = seen.get(entry.path);
    if (before !== undefined && before.label !== entry.label)
      throw new UserError(
        "bad-dataset",
        `${name}, line ${row.line}: ${entry.path} was labelled ${before.label} further up and is ${entry.label} here. Keep one.`,
      );
    if (before === undefined) seen.set(entry.path, entry);
    else repeated.push(entry.path);
  }
  if (repeated.length > 0)
    warnings.push(
      `${name} names ${count(repeated.length, "picture")} twice; the first line counts: ${some(repeated)}.`,
    );
  return { entries: [...seen.values()], warnings };
}

/**
 * Everything that a dataset's table says of each picture, by the path that its sample has; of a row that is there twice
 * the first. Empty for a folder without a manifest.jsonl. The table was read before, so its rows are known to be right.
 */
export async function tableRows(dataset: string): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const isTable = /\.(csv|jsonl|ndjson)$/i.test(dataset);
  const file = isTable ? dataset : join(dataset, "manifest.jsonl");
  const text = await readFile(file, "utf8").catch(() => "");
  const rows = /\.csv$/i.test(file) ? csvObjects(text) : text.split(/\r?\n/).map(parseJson);
  const byPath = new Map<string, Readonly<Record<string, unknown>>>();
  for (const row of rows as ({ path?: unknown } | undefined)[]) {
    const path = relativePath(String(row?.path ?? "").trim(), dirname(file));
    if (row !== undefined && !byPath.has(path)) byPath.set(path, row as Readonly<Record<string, unknown>>);
  }
  return byPath;
}

function csvObjects(text: string): object[] {
  const [header, ...body] = parseCsv(text);
  const columns = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  return body.map(({ cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""])));
}

function csvRows(name: string, text: string): Row[] {
  const [header, ...body] = parseCsv(text);
  if (header === undefined) return [];
  const names = header.cells.map((cell) => cell.trim().toLowerCase());
  for (const needed of ["path", "label"]) if (!names.includes(needed)) throw missingColumn(name, needed, header.cells);
  return body.map(({ line, cells }) => {
    if (cells.length > names.length)
      throw new UserError(
        "bad-dataset",
        `${name}, line ${line}: ${cells.length} cells under ${names.length} columns. Quote cells that hold a comma.`,
      );
    const row = Object.fromEntries(names.map((column, i) => [column, cells[i] ?? ""]));
    const facts = sampleFacts(row);
    return { ...row, line, ...(facts && { facts }) };
  });
}

function jsonRows(name: string, text: string): Row[] {
  return text.split(/\r?\n/).flatMap((content, i) => {
    const line = i + 1;
    if (content.trim() === "") return [];
    const value = parseJson(content);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new UserError(
        "bad-dataset",
        `${name}, line ${line}: expected one JSON object a line, such as {"path":"a.jpg","label":"real"}.`,
      );
    const fields = Object.entries(value).filter(([, field]) => typeof field === "string" || typeof field === "number");
    const row = Object.fromEntries(fields.map(([column, field]) => [column, String(field)]));
    for (const needed of ["path", "label"])
      if (row[needed] === undefined) throw missingColumn(`${name}, line ${line},`, needed, Object.keys(value));
    const facts = sampleFacts(value);
    return [{ ...row, line, ...(facts && { facts }), ...("boxes" in value && { boxes: value.boxes }) }];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function missingColumn(where: string, needed: string, found: readonly string[]): UserError {
  const near = nearest(needed, found);
  const hint = near === undefined ? "" : ` Rename "${near}"?`;
  return new UserError(
    "bad-dataset",
    `${where} has no column "${needed}". Found: ${found.join(", ")}.${hint} Needed: path, label; known besides: ${columns.slice(2).join(", ")}.`,
  );
}

function entryOf(row: Row, name: string, root: string): Entry {
  const where = `${name}, line ${row.line}`;
  const path = row.path?.trim() ?? "";
  if (path === "") throw new UserError("bad-dataset", `${where}: the path is empty.`);
  const label = labelOfWord(row.label ?? "");
  if (label === undefined)
    throw new UserError(
      "bad-dataset",
      `${where}: unknown label "${row.label ?? ""}". Expected ${labelWordsInWords()}, or 0 and 1.`,
    );
  const given = row.split?.trim() ? partOf(row.split.trim(), where) : undefined;
  const time = row.time?.trim();
  if (time && Number.isNaN(Date.parse(time)))
    throw new UserError(
      "bad-dataset",
      `${where}: "${time}" is no time. Write it as ISO 8601, such as 2026-03-31T09:30:00Z.`,
    );
  return {
    path: relativePath(path, root),
    label,
    ...(row.group?.trim() && { group: row.group.trim() }),
    ...(row.source?.trim() && { source: row.source.trim() }),
    ...(time && { time }),
    ...(row.mask?.trim() && { mask: relativePath(row.mask.trim(), root) }),
    ...(row.boxes !== undefined && { boxes: boxesOf(row.boxes, where) }),
    ...(row.facts && { facts: row.facts }),
    ...(given && { given }),
  };
}

function boxesOf(value: unknown, where: string): Readonly<Record<string, FieldBox>> {
  const boxes = boxesSchema.safeParse(value);
  if (boxes.success) return boxes.data;
  throw new UserError(
    "bad-dataset",
    `${where}: the boxes are not of the form {"amount":[x, y, width, height], …}: ${sentence(boxes.error)}`,
  );
}

const otherWords: Readonly<Record<string, Part>> = {
  val: "validation",
  valid: "validation",
  calib: "calibration",
  training: "train",
  testing: "test",
};

function partOf(word: string, where: string): Part {
  const plain = word.toLowerCase();
  const part = parts.find((known) => known === plain) ?? otherWords[plain];
  if (part === undefined) throw unknownName(`split in ${where}`, word, parts);
  return part;
}

function relativePath(path: string, root: string): string {
  const plain = path.replaceAll("\\", "/");
  if (!isAbsolute(plain) && !plain.split("/").includes("..")) return plain.replace(/^(\.\/)+/, "");
  return relative(resolve(root), resolve(root, plain)).split(sep).join("/");
}
