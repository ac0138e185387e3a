import { readComparison } from "../../src/report/compare/readComparison.ts";
import type { DetectAnswer, InspectAnswer, ModelAnswer } from "../../src/server/answers.ts";
import type { ComparisonsAnswer } from "../../src/server/comparisonAnswers.ts";

/** A sentence from the server, or our own where it could not be reached. */
export class ApiError extends Error {}

export const fetchModel = () => ask("v1/model").then((response) => response.json() as Promise<ModelAnswer>);

export const fetchComparisons = () =>
  ask("v1/comparisons").then((response) => response.json() as Promise<ComparisonsAnswer>);

export const fetchComparison = (name: string) =>
  ask(`v1/comparisons/${encodeURIComponent(name)}`)
    .then((response) => response.text())
    .then(readComparison);

export const detect = (file: File) =>
  send("v1/detect?heatMap=true", file).then((response) => response.json() as Promise<DetectAnswer>);

export const inspect = (file: File) =>
  send("v1/inspect", file).then((response) => response.json() as Promise<InspectAnswer>);

/** An upright PNG of a picture that the browser cannot show. */
export const preview = (file: File) => send("v1/preview?maxSide=2000", file).then((response) => response.blob());

export interface ElaView {
  readonly quality: number;
  readonly gain: number;
  readonly maxSide: number;
}

/** The planes as a PNG, and why they mean little where they do. */
export async function ela(
  file: File,
  { quality, gain, maxSide }: ElaView,
  signal: AbortSignal,
): Promise<{ png: Blob; doubt: string | undefined }> {
  const options = `scale=fixed&quality=${quality}&gain=${gain}&maxSide=${maxSide}`;
  const response = await send(`v1/representations/ela?${options}`, file, signal);
  const record = JSON.parse(response.headers.get("assay-representation") ?? "{}") as { because?: string };
  return { png: await response.blob(), doubt: record.because };
}

function send(path: string, file: File, signal?: AbortSignal): Promise<Response> {
  const body = new FormData();
  body.append("file", file);
  return ask(path, { method: "POST", body, ...(signal && { signal }) });
}

async function ask(path: string, request?: RequestInit): Promise<Response> {
  const response = await fetch(path, request).catch((error: unknown) => {
    if (request?.signal?.aborted) throw error;
    throw new ApiError("Assay does not answer. Is `assay serve` still running? Start it again, then reload this page.");
  });
  if (response.ok) return response;
  const body = (await response.json().catch(() => undefined)) as { error?: { message?: string } } | undefined;
  throw new ApiError(body?.error?.message ?? `The server answered ${response.status} without a reason. Try again.`);
}

export const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));
