import { describeTable } from "../core/table.ts";
import { architectures } from "../nn/architectures/index.ts";
import { losses } from "../nn/losses/index.ts";
import { optimizers } from "../nn/optimizers/index.ts";
import { schedules } from "../nn/schedules/index.ts";
import { representations } from "../representations/index.ts";

/** Every plug-in table, by the name that `assay list` takes. */
export const tables = { representations, architectures, losses, optimizers, schedules } as const;

export function listTable(name: keyof typeof tables): ReturnType<typeof describeTable> {
  return describeTable(tables[name]);
}
