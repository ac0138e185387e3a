import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import serveFolder from "@fastify/static";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import fastify, { type FastifyInstance } from "fastify";
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { Detector } from "../detect/detection.ts";
import { type Codec, type DecodeLimits, defaultLimits } from "../image/codec.ts";
import { answerError } from "./errors.ts";
import { describeUpload } from "./openapi.ts";
import { comparisonRoutes } from "./routes/comparisons.ts";
import { detectRoute } from "./routes/detect.ts";
import { healthRoutes } from "./routes/health.ts";
import { inspectRoute } from "./routes/inspect.ts";
import { modelRoute } from "./routes/model.ts";
import { previewRoute } from "./routes/preview.ts";
import { registryRoute } from "./routes/registry.ts";
import { representationRoute } from "./routes/representation.ts";
import { createTurns } from "./turns.ts";

export interface AppOptions {
  /** Without one the page and its panes still work, and POST /v1/detect answers 503 with the next step. */
  readonly detector?: Detector;
  readonly codec: Codec;
  readonly limits?: DecodeLimits;
  /** The built page; found beside this module where left out. */
  readonly webFolder?: string;
  /** Where comparisons are looked for: this folder's runs by default. */
  readonly runs?: string;
  /** Unexpected errors to standard error. */
  readonly log?: boolean;
}

/** What every route needs. */
export interface Rooms {
  readonly detector?: Detector;
  readonly codec: Codec;
  readonly limits: DecodeLimits;
  readonly runs: string;
  /** Pictures are opened in turns, so that a burst of requests does not fill the memory. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
}

export type App = FastifyInstance<
  import("fastify").RawServerDefault,
  import("node:http").IncomingMessage,
  import("node:http").ServerResponse,
  import("fastify").FastifyBaseLogger,
  ZodTypeProvider
>;

/** The whole service without a port: `inject` a request, or `listen`. Whoever opened the detector closes it. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { detector, codec, limits = defaultLimits, webFolder = builtPage(), runs = "runs", log = false } = options;
  const app: App = fastify({
    logger: log ? { level: "error", stream: process.stderr } : false,
    requestTimeout: 300_000,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);

  await app.register(helmet, {
    strictTransportSecurity: false, // plain HTTP on the user's own machine
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "blob:", "data:"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  await app.register(multipart, { throwFileSizeLimit: false });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Assay", version: "1", description: "Was this picture altered, and where?" },
    },
    transform: (document) => describeUpload(document, jsonSchemaTransform(document)),
  });
  await app.register(swaggerUi, { routePrefix: "/docs", staticCSP: true });
  app.get("/openapi.json", { schema: { hide: true } }, () => app.swagger());

  const rooms: Rooms = { ...(detector && { detector }), codec, limits, runs, inTurn: createTurns(2) };
  for (const route of [
    detectRoute,
    representationRoute,
    inspectRoute,
    previewRoute,
    registryRoute,
    modelRoute,
    comparisonRoutes,
    healthRoutes,
  ])
    route(app, rooms);

  if (webFolder !== undefined) await app.register(serveFolder, { root: webFolder });
  app.setNotFoundHandler((request, reply) => {
    const message =
      request.url === "/" && webFolder === undefined
        ? "The page is not built. Run `npm run build`, then start again. The API is described at /docs."
        : `There is nothing at ${request.method} ${request.url.split("?")[0]}. The page is at /, the API is described at /docs.`;
    return reply.status(404).send({ error: { code: "not-found", message } });
  });
  return app as unknown as FastifyInstance;
}

/** dist/web, seen from dist/server and from src/server. */
function builtPage(): string | undefined {
  const folders = ["../web", "../../dist/web"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return folders.find((folder) => existsSync(join(folder, "index.html")));
}
