/** Lines whose cells stand under each other. */
export function columns(rows: readonly (readonly string[])[], gap = "   "): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), []);
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join(gap)
        .trimEnd(),
    )
    .join("\n");
}
