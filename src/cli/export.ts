import type { Command } from "commander";
import type { ExportFormat } from "../run/exportRun.ts";
import { command, flag } from "./command.ts";
import type { Output } from "./output.ts";

interface Flags {
  out: string;
  format?: ExportFormat;
  heatMap?: unknown;
  force?: boolean;
}

export function exportCommand(): Command {
  const options = [
    flag("--out <folder>", "where the files go").default("."),
    flag("--format <name>", "one of the two alone").choices(["safetensors", "onnx"]),
    flag("--heat-map", "give the ONNX file the output heatMap, too"),
    flag("--force", "write over files that stand there"),
  ];
  return command("export <model>", "write a model's weights for other programs", options, exportModel);
}

async function exportModel({ out, format, heatMap, force }: Flags, output: Output, model: string): Promise<void> {
  const { exportRun } = await import("../run/exportRun.ts");
  const files = await exportRun({
    model,
    out,
    heatMap: heatMap === true, // a project file may hold detect's folder under this key
    force: force === true,
    ...(format === undefined ? {} : { formats: [format] }),
  });
  const lines = files.map(({ path, bytes }) => `${path}  ${(bytes / 1e6).toFixed(1)} MB`);
  output.answer({ schemaVersion: 1, files }, lines.join("\n"));
}
