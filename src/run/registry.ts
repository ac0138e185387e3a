import { describeTable, type Table } from "../core/table.ts";
import { operations } from "../forge/slips/operations/index.ts";
import { imbalance } from "../imbalance/index.ts";
import { architectures } from "../nn/architectures/index.ts";
import { losses } from "../nn/losses/index.ts";
import { optimizers } from "../nn/optimizers/index.ts";
import { schedules } from "../nn/schedules/index.ts";
import { representations } from "../representations/index.ts";

/** Every plug-in table, by the name that `assay list` takes. */
export const tables = {
  representations,
  architectures,
  losses,
  optimizers,
  schedules,
  imbalance,
  slipOperations: operations,
} as const;

/** All tables as `/v1/registry` shows them. */
export function listTables(): Record<keyof typeof tables, ReturnType<typeof describeTable>> {
  const names = Object.keys(tables) as (keyof typeof tables)[];
  return Object.fromEntries(names.map((name) => [name, listTable(name)])) as ReturnType<typeof listTables>;
}

export function listTable(name: keyof typeof tables): ReturnType<typeof describeTable> {
  return describeTable(tables[name] as unknown as Table);
}
