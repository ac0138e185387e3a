import type { Command } from "commander";
import { UserError } from "../core/errors.ts";
import { command, flag } from "./command.ts";
import { againFromList, isTooLong, readFileList } from "./fileList.ts";
import type { Output } from "./output.ts";

interface Flags {
  model?: string;
  heatMap?: string;
  failOn?: string;
  filesFrom?: string;
}

export function detectCommand(): Command {
  const options = [
    flag("--model <file>", "a model that assay wrote (runs/<name>/weights/best.onnx; default: the one that ships)"),
    flag("--heat-map <folder>", "write <sha256>.png there: where the network looked"),
    flag("--fail-on <verdict>", "exit code 4 where any picture gets this verdict").choices(["fake", "inconclusive"]),
    flag("--files-from <list>", "a file that names pictures, one a line or parted by NUL; - for standard input"),
  ];
  return command("detect [files...]", "tell whether pictures were altered", options, detect);
}

async function detect(flags: Flags, output: Output, named: string[]): Promise<void> {
  if (isTooLong(process.argv)) {
    process.exitCode = await againFromList(["detect", ...wordsOf(flags)], await allFiles(flags, named));
    return;
  }
  const files = await allFiles(flags, named);
  const [{ openDetector }, { detectionBody }, { verdictLines }, { sharpCodec }, { chooseModel }] = await Promise.all([
    import("../detect/detector.ts"),
    import("../detect/detection.ts"),
    import("../detect/verdict.ts"),
    import("../image/sharpCodec.ts"),
    import("../run/newestRun.ts"),
  ]);
  const detector = await openDetector({ model: chooseModel(flags.model), codec: sharpCodec });
  if (flags.model === undefined)
    output.note(
      `No --model: ${detector.model.name} answers, which ships with assay. It knows ${detector.model.domain}.`,
    );
  let failOn = false;
  const pictures = files.map((file) => ({ file }));
  for await (const { file, ...answer } of detector.detectAll(pictures, { heatMap: flags.heatMap !== undefined })) {
    if ("error" in answer) {
      if (!(answer.error instanceof UserError)) throw answer.error;
      output.failure(file, answer.error);
      continue;
    }
    const { detection } = answer;
    const map = detection.heatMap === undefined ? {} : { heatMap: await writeHeatMap(flags.heatMap!, detection) };
    const body = { ...detectionBody(file, detection), ...map };
    const lines = [
      `${file}`,
      ...verdictLines(detection).map((line) => `  ${line}`),
      `  Model ${detection.model.name}: ${detection.model.domain}`,
      ...detection.evidence.map((sentence) => `  Fact: ${sentence}`),
      ...detection.warnings.map((sentence) => `  Note: ${sentence}`),
      ...("heatMap" in map ? [`  Heat map: ${map.heatMap}`] : []),
    ];
    output.answer(body, lines.join("\n"));
    failOn ||= detection.verdict === flags.failOn;
  }
  await detector.close();
  if (failOn) process.exitCode = 4;
}

async function allFiles({ filesFrom }: Flags, named: readonly string[]): Promise<string[]> {
  const files = [...named, ...(filesFrom === undefined ? [] : await readFileList(filesFrom))];
  if (files.length > 0) return files;
  throw new UserError("usage", "Which pictures? Name files, or a list of them with --files-from.");
}

/** The flags as one would type them, without the list of files. */
function wordsOf({ filesFrom: _, ...flags }: Flags): string[] {
  return Object.entries(flags).flatMap(([name, value]: [string, unknown]) => {
    const word = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (typeof value === "string") return [`--${word}`, value];
    if (value === false) return [`--no-${word}`];
    return name === "color" ? [] : [`--${word}`]; // --no-color alone is a flag
  });
}

async function writeHeatMap(
  folder: string,
  { sha256, heatMap }: { sha256: string; heatMap?: import("../detect/detection.ts").HeatMap },
) {
  const [{ join }, { heatMapPixels }, { sharpCodec }, { writeAtomic }] = await Promise.all([
    import("node:path"),
    import("../detect/heatMap.ts"),
    import("../image/sharpCodec.ts"),
    import("../data/writeAtomic.ts"),
  ]);
  const path = join(folder, `${sha256}.png`);
  await writeAtomic(path, await sharpCodec.encodePng(heatMapPixels(heatMap!)));
  return path;
}
