import { listTables } from "../../run/registry.ts";
import { registryAnswer } from "../answers.ts";
import type { App } from "../app.ts";

export function registryRoute(app: App): void {
  app.get(
    "/v1/registry",
    {
      schema: {
        summary: "The plug-in tables with the JSON Schema of their options",
        response: { 200: registryAnswer },
      },
    },
    () => ({ schemaVersion: 1 as const, ...listTables() }),
  );
}
