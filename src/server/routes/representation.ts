import { z } from "zod";
import { lookUp, parseOptions } from "../../core/table.ts";
import { representations } from "../../representations/index.ts";
import type { Representation } from "../../representations/representation.ts";
import { errorAnswer, pngAnswer } from "../answers.ts";
import type { App, Rooms } from "../app.ts";
import { planeLevels, shownPng, viewOptions } from "../picture.ts";
import { oneUpload } from "../upload.ts";

/**
 * The planes as a PNG. The header `assay-representation` records what they are: name, options with their defaults, and
 * whether the representation means anything on this picture.
 */
export function representationRoute(app: App, { codec, limits, inTurn }: Rooms): void {
  app.post(
    "/v1/representations/:name",
    {
      schema: {
        summary:
          "One representation of the picture, upright, as a PNG. Its options are query parameters: /v1/registry lists them.",
        params: z.object({ name: z.string() }),
        querystring: z.looseObject({
          ...viewOptions,
          firstChannel: z.coerce
            .number()
            .int()
            .min(0)
            .default(0)
            .describe("of the three that are shown as red, green, blue"),
        }),
        response: { 200: pngAnswer, "4xx": errorAnswer },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const { maxSide, firstChannel, ...given } = request.query;
      const representation: Representation = lookUp(representations, "representation", name);
      const options = parseOptions(representation, name, fromQuery(given));
      const { bytes } = await oneUpload(request, limits);
      const png = await inTurn(async () => {
        const image = await codec.decode(bytes, limits);
        const applicability = representation.applicability?.(image, options) ?? { applies: true };
        reply.header("assay-representation", headerJson({ name, options, ...applicability }));
        const planes = await representation.compute(image, options, codec);
        return shownPng(planeLevels(planes, representation.range(options), firstChannel), image.orientation, codec, {
          maxSide,
        });
      });
      return reply.type("image/png").send(png);
    },
  );
}

/** `quality=90` is a number, `scale=max` a word, `parts=["ela"]` a list. */
function fromQuery(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => [key, typeof value === "string" ? fromText(value) : value]),
  );
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Headers are ASCII. */
function headerJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
