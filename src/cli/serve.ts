import type { Command } from "commander";
import { command, flag, whole } from "./command.ts";
import type { Output } from "./output.ts";

interface Flags {
  port: number;
  host: string;
  model?: string;
}

export function serveCommand(): Command {
  const options = [
    whole("--port <n>", "port of the page and of the HTTP service").default(4870),
    flag("--host <address>", "address to listen on; the default is this machine alone").default("127.0.0.1"),
    flag("--model <file>", "a model that assay wrote (default: the one that ships, else the newest run's)"),
  ];
  return command("serve", "open the page where one drops a picture and sees the verdict", options, serve);
}

async function serve({ port, host, model }: Flags, output: Output): Promise<void> {
  const [{ serve: listen }, { sharpCodec }, { newestRun }, { shippedModel }] = await Promise.all([
    import("../server/main.ts"),
    import("../image/sharpCodec.ts"),
    import("../run/newestRun.ts"),
    import("../detect/defaultModel.ts"),
  ]);
  const path = model ?? shippedModel() ?? newestRun();
  const detector =
    path === undefined
      ? undefined
      : await import("../detect/detector.ts").then(({ openDetector }) =>
          openDetector({ model: path, codec: sharpCodec }),
        );
  const { url, close } = await listen({
    port,
    host,
    codec: sharpCodec,
    ...(detector === undefined ? {} : { detector }),
  });
  output.answer({ schemaVersion: 1, url, model: path ?? null }, url);
  output.note(
    detector === undefined
      ? `No model yet: the page shows its panes. "npm run quickstart" trains a first one. Ctrl-C ends.`
      : `Model ${detector.model.name} (${path}), for ${detector.model.domain}. Nothing leaves this machine. Ctrl-C ends.`,
  );
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await close();
  await detector?.close();
}
