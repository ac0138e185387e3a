import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { type Detection, detectionBody, type PictureAnswer } from "../../detect/detection.ts";
import type { Codec } from "../../image/codec.ts";
import { type DetectAnswer, detectAnswer, errorAnswer } from "../answers.ts";
import type { App, Rooms } from "../app.ts";
import { NoModelError, translate } from "../errors.ts";
import { heatMapUrl } from "../picture.ts";
import { uploads } from "../upload.ts";

type Outcome = { readonly file: string } & ({ readonly answer: DetectAnswer } | { readonly error: unknown });

/** One file: its answer. Several: JSON lines in the order of the files, errors inline, each sent when it is known. */
export function detectRoute(app: App, rooms: Rooms): void {
  const { detector, limits } = rooms;
  app.post(
    "/v1/detect",
    {
      schema: {
        summary: "Was this picture altered? Several files are answered as JSON lines, errors inline.",
        querystring: z.object({ heatMap: z.stringbool().default(false).describe("add where the model looked") }),
        response: { 200: detectAnswer, "4xx": errorAnswer, 503: errorAnswer },
      },
    },
    async (request, reply) => {
      if (detector === undefined) throw new NoModelError();
      const { heatMap } = request.query;
      const answers = detector.detectAll(uploads(request, limits), { heatMap, inTurn: rooms.inTurn });
      const outcomes = answerAll(answers, rooms);
      const first = await outcomes.next();
      const second = await outcomes.next();
      if (second.done) {
        if (first.done) throw new Error("A request without a file is refused by uploads.");
        if ("error" in first.value) throw first.value.error;
        return first.value.answer;
      }
      const streamed: FastifyReply = reply.type("application/x-ndjson");
      return streamed.send(Readable.from(lines([first.value as Outcome, second.value], outcomes)));
    },
  );
}

async function* answerAll(answers: AsyncIterable<PictureAnswer>, { codec }: Rooms): AsyncGenerator<Outcome> {
  for await (const { file, ...outcome } of answers) {
    if ("error" in outcome) yield { file, error: outcome.error };
    else yield { file, answer: await bodyOf(file, outcome.detection, codec) };
  }
}

async function bodyOf(file: string, detection: Detection, codec: Codec): Promise<DetectAnswer> {
  const body = detectionBody(file, detection);
  if (detection.heatMap === undefined) return body;
  return { ...body, heatMap: await heatMapUrl(detection.heatMap, detection.picture.orientation, codec) };
}

async function* lines(known: readonly Outcome[], rest: AsyncIterable<Outcome>): AsyncGenerator<string> {
  for (const outcome of known) yield line(outcome);
  try {
    for await (const outcome of rest) yield line(outcome);
  } catch (error) {
    yield line({ file: "", error }); // the request itself broke off: the files before it stay answered
  }
}

function line(outcome: Outcome): string {
  if ("answer" in outcome) return `${JSON.stringify(outcome.answer)}\n`;
  const { code, message } = translate(outcome.error);
  return `${JSON.stringify({ schemaVersion: 1, file: outcome.file, error: { code, message } })}\n`;
}
