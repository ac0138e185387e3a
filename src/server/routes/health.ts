import { z } from "zod";
import type { App, Rooms } from "../app.ts";

/** KServe v2: live = the process answers, ready = the model answers too. */
export function healthRoutes(app: App, { detector }: Rooms): void {
  const live = z.object({ live: z.boolean() });
  app.get("/v2/health/live", { schema: { summary: "Is the service up?", response: { 200: live } } }, () => ({
    live: true,
  }));

  const ready = z.object({ ready: z.boolean() });
  app.get(
    "/v2/health/ready",
    { schema: { summary: "Is a model loaded? 503 where none is.", response: { 200: ready, 503: ready } } },
    (_request, reply) => {
      reply.status(detector === undefined ? 503 : 200);
      return { ready: detector !== undefined };
    },
  );
}
