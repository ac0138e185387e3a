import type { IncomingMessage } from "node:http";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { type ErrorCode, errorBody, httpStatus, UserError } from "../core/errors.ts";

/** Said wherever a model is needed and none is loaded. */
export const noModel =
  "No model is loaded, so there is no verdict. Make a toy model with `npm run quickstart`, or train one with `assay train <folder> --recipe ela-resnet50`; then start again with `assay serve --model <file.onnx>`.";

/** A model is missing: the request is right, the service is not ready (503). */
export class NoModelError extends UserError {
  constructor() {
    super("bad-model", noModel);
  }
}

/** Every error leaves through this door as {"error":{"code","message"}}: a sentence, never a stack trace. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code, message } = translate(error);
  if (status >= 500 && !(error instanceof UserError)) request.log.error(error);
  if (!request.raw.complete) hangUpSoon(request.raw);
  void reply.status(status).type("application/json").send({ error: { code, message } });
}

/**
 * What is still coming of a refused upload is thrown away for three seconds, then the line is cut. Cutting it at once
 * would fail the client's next write before it has read our answer; reading on would take 2 GB if it sends them.
 */
function hangUpSoon(upload: IncomingMessage): void {
  upload.unpipe();
  upload.resume();
  const timer = setTimeout(() => upload.destroy(), 3000);
  timer.unref();
  upload.once("close", () => clearTimeout(timer));
}

/** Status and sentence of an error; what is not the user's to mend keeps its cause to the log. */
export function translate(error: unknown): { status: number; code: ErrorCode; message: string } {
  if (error instanceof NoModelError) return { status: 503, ...errorBody(error) };
  if (error instanceof UserError) return { status: httpStatus(error), ...errorBody(error) };
  if (hasZodFastifySchemaValidationErrors(error)) {
    const complaints = error.validation.map((issue) => `${issue.instancePath.slice(1) || "request"}: ${issue.message}`);
    return { status: 400, code: "bad-options", message: `Options of the request: ${complaints.join("; ")}.` };
  }
  const { code: fastifyCode, statusCode: status = 500, message = "" } = error as Partial<FastifyError>;
  if (fastifyCode === "FST_ERR_CTP_INVALID_MEDIA_TYPE" || fastifyCode === "FST_INVALID_MULTIPART_CONTENT_TYPE")
    return { status: 415, code: "usage", message: "Send the picture as multipart/form-data, in the field `file`." };
  if (status === 413) return { status, code: "too-large", message: "The request is larger than this service accepts." };
  if (status >= 400 && status < 500)
    return { status, code: "usage", message: `The request cannot be read: ${message.replace(/\.$/, "")}.` };
  return {
    status: 500,
    code: "internal",
    message:
      "Something went wrong inside Assay, not in your request. The server's log has the cause; please report it.",
  };
}
