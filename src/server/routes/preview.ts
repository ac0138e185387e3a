import { z } from "zod";
import { errorAnswer, pngAnswer } from "../answers.ts";
import type { App, Rooms } from "../app.ts";
import { shownPng, viewOptions } from "../picture.ts";
import { oneUpload } from "../upload.ts";

/** For browsers that cannot show HEIC, TIFF or AVIF themselves. */
export function previewRoute(app: App, { codec, limits, inTurn }: Rooms): void {
  app.post(
    "/v1/preview",
    {
      schema: {
        summary: "The picture as an upright PNG",
        querystring: z.object(viewOptions),
        response: { 200: pngAnswer, "4xx": errorAnswer },
      },
    },
    async (request, reply) => {
      const { bytes } = await oneUpload(request, limits);
      const png = await inTurn(async () => {
        const { pixels, orientation } = await codec.decode(bytes, limits);
        const planes = {
          ...pixels,
          level: (x: number, y: number, c: number) => pixels.data[(y * pixels.width + x) * 3 + c]!,
        };
        return shownPng(planes, orientation, codec, request.query);
      });
      return reply.type("image/png").send(png);
    },
  );
}
