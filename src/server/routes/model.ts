import { modelAnswer } from "../answers.ts";
import type { App, Rooms } from "../app.ts";
import { noModel } from "../errors.ts";

export function modelRoute(app: App, { detector, limits }: Rooms): void {
  app.get(
    "/v1/model",
    {
      schema: {
        summary: "The loaded model, its training domain and the limits on uploads",
        response: { 200: modelAnswer },
      },
    },
    () => ({
      schemaVersion: 1 as const,
      model: detector?.model ?? null,
      ...(detector?.operatingPoint && { operatingPoint: detector.operatingPoint }),
      ...(detector === undefined && { nextStep: noModel }),
      limits: { maxBytes: limits.maxBytes, maxPixels: limits.maxPixels },
    }),
  );
}
