import type { FastifyInstance } from "fastify";

/**
 * A page on the web can point a name of its own at 127.0.0.1 (DNS rebinding) and then read our answers as its own.
 * Its requests still carry its name in the Host header, so on loopback only this machine's own names are served.
 */
export function refuseForeignHosts(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(request.headers.host ?? "")) return;
    const message =
      "This service answers on this machine alone. Open it as http://localhost, or start it with --host 0.0.0.0.";
    return reply.status(403).send({ error: { code: "no-permission", message } });
  });
}
