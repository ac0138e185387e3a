import { UserError } from "../core/errors.ts";

/** One row with the line on which it starts, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Rows of comma-separated text (RFC 4180): cells may be quoted, a quoted cell may hold commas, line breaks and
 * doubled quotes; lines end in LF or CRLF; empty lines and a byte order mark are left out.
 * A quote that is never closed is a UserError with its line.
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  // A cell is quoted text (with "" for a quote) or everything up to the next comma or line end.
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|(?!")([^,\r\n]*))(,|\r?\n|\r|$)/y;
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  cell.lastIndex = text.startsWith("\ufeff") ? 1 : 0;
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    if (match === null)
      throw new UserError(
        "bad-dataset",
        `Line ${line} opens a quote that does not end the cell. Double it ("") or close it.`,
      );
    const [all, quoted, plain, end] = match;
    cells.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    line += all.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end === ",") continue;
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: start, cells });
    cells = [];
    start = line;
  }
  return rows;
}
