import { spawn } from "node:child_process";
import { UserError } from "../core/errors.ts";
import { type AppOptions, createApp } from "./app.ts";
import { refuseForeignHosts } from "./hosts.ts";

export interface ServeOptions extends AppOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** Loopback by default: pictures stay on this machine, and nobody else's reach it. */
  readonly host?: string;
  /** Show the page in the user's browser. */
  readonly open?: boolean;
}

/** Starts the service. `close` stops it; the detector stays open. Throws UserError where the port cannot be had. */
export async function serve({ port = 4870, host = "127.0.0.1", open = false, ...options }: ServeOptions) {
  const app = await createApp({ log: true, ...options });
  if (isLoopback(host)) refuseForeignHosts(app);
  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw cannotListen(error, port, host);
  }
  const address = app.server.address();
  const actualPort = address !== null && typeof address === "object" ? address.port : port;
  const url = `http://${shownHost(host)}:${actualPort}/`;
  if (open) openBrowser(url);
  return { url, close: () => app.close() };
}

const isLoopback = (host: string) => host === "localhost" || host === "::1" || host.startsWith("127.");

function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function cannotListen(error: unknown, port: number, host: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const cause = { cause: error };
  if (code === "EADDRINUSE")
    return new UserError(
      "usage",
      `Port ${port} on ${host} is taken, perhaps by another \`assay serve\`. Stop that one, or choose another port: assay serve --port ${port + 1}.`,
      cause,
    );
  if (code === "EACCES")
    return new UserError(
      "no-permission",
      `Port ${port} needs more rights than this user has. Choose one above 1023: assay serve --port 4870.`,
      cause,
    );
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new UserError(
      "usage",
      `"${host}" is no address of this machine. Use --host 127.0.0.1 (this machine alone) or 0.0.0.0 (everyone who reaches it).`,
      cause,
    );
  return error;
}

/** Best effort: where there is no browser, the printed address does. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  const child = spawn(command!, args, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
