import { errorBody } from "../core/errors.ts";

/** Where a command writes: results on stdout, everything else on stderr. */
export interface Output {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly colour: boolean;
  /** A result: the object as one line with --json, else the text. */
  answer(body: object, text: string): void;
  /** For people only: not with --quiet, never on stdout. */
  note(text: string): void;
  /** A mistake beside results that are still given; the command ends with exit code 3. */
  failure(file: string, error: unknown): void;
}

export interface OutputFlags {
  json?: boolean;
  quiet?: boolean;
  color?: boolean;
}

export function createOutput({ json = false, quiet = false, color = true }: OutputFlags): Output {
  const colour = color && process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  return {
    json,
    quiet,
    colour,
    answer: (body, text) => void process.stdout.write(`${json ? JSON.stringify(body) : text}\n`),
    note: (text) => void (quiet || process.stderr.write(`${text}\n`)),
    failure(file, error) {
      const body = errorBody(error);
      if (json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, file, error: body })}\n`);
      else process.stderr.write(`${file}: ${body.message}\n`);
      process.exitCode = 3;
    },
  };
}
