import type { Command } from "commander";
import { lookUp, type Table } from "../core/table.ts";
import { command } from "./command.ts";

export function listCommand(): Command {
  return command(
    "list [table]",
    "show what a plug-in table holds, with options",
    [],
    async (_flags, output, name?: string) => {
      const { tables, listTable } = await import("../run/registry.ts");
      if (name === undefined) {
        const names = Object.keys(tables);
        return output.answer(
          { schemaVersion: 1, tables: names },
          `Tables: ${names.join(", ")}. Try: assay list ${names[0]}`,
        );
      }
      lookUp(tables as unknown as Table, "table", name);
      const entries = listTable(name as keyof typeof tables);
      const text = entries.map(
        (entry) => `${entry.name}\n  ${entry.summary}\n  ${entry.cite}\n${options(entry.options)}`,
      );
      output.answer({ schemaVersion: 1, entries }, text.join("\n\n"));
    },
  );
}

function options(schema: unknown): string {
  const { properties = {} } = schema as { properties?: Record<string, { default?: unknown; description?: string }> };
  const lines = Object.entries(properties).map(
    ([name, { default: value, description = "" }]) =>
      `  ${name} = ${JSON.stringify(value) ?? "(required)"}  ${description}`,
  );
  return lines.join("\n");
}
