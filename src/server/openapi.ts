import type { FastifySchema } from "fastify";

const uploadBody = {
  type: "object",
  required: ["file"],
  properties: { file: { type: "string", format: "binary", description: "the picture" } },
};

/**
 * Uploads are read as a stream, so the routes have no body schema to validate: the one that readers of /docs see is
 * added here, to every POST.
 */
export function describeUpload<R extends { schema: FastifySchema; url: string }>(
  { route }: { route: { method: string | string[] } },
  described: R,
): R {
  if (route.method !== "POST") return described;
  return { ...described, schema: { ...described.schema, consumes: ["multipart/form-data"], body: uploadBody } };
}
