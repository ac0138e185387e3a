import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { sharpCodec as codec } from "../image/sharpCodec.ts";
import { serve } from "./main.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

const start = async (options: { port?: number; host?: string } = {}) => {
  const server = await serve({ port: 0, codec, ...options });
  running.push(server);
  return server;
};

describe("serve", () => {
  it("listens on this machine alone", async () => {
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await fetch(`${url}v2/health/live`)).status).toBe(200);
  });

  it("says in a sentence that a port is taken", async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(start({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    await expect(start({ port })).rejects.toThrow(`--port ${port + 1}`);
  });

  it("says in a sentence that an address is not this machine's", async () => {
    await expect(start({ host: "203.0.113.7" })).rejects.toThrow('"203.0.113.7" is no address of this machine');
  });

  it("refuses a foreign name in the Host header", async () => {
    const { url } = await start();
    const status = await new Promise((resolve) => {
      request(`${url}v1/model`, { headers: { host: "evil.example" } }, ({ statusCode }) => resolve(statusCode)).end();
    });
    expect(status).toBe(403);
  });

  it("cuts a 2 GB upload at once, without reading it", async () => {
    const { url } = await start();
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="big.jpg"\r\n\r\n';
    const headers = { "content-type": "multipart/form-data; boundary=x", "content-length": String(2 * 2 ** 30) };
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const upload = request(`${url}v1/inspect`, { method: "POST", headers }, (response) => {
        let body = "";
        response.on("data", (chunk) => (body += chunk)).on("end", () => resolve({ status: response.statusCode, body }));
      });
      upload.on("error", reject);
      upload.write(head);
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body).error.code).toBe("too-large");
  });

  it("cuts an upload of unstated length when it gets too long, and hangs up", async () => {
    const server = await serve({ port: 0, codec, limits: { maxBytes: 2 ** 20, maxPixels: 1e6 } });
    running.push(server);
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="big.jpg"\r\n\r\n';
    let sent = 0;
    const status = await new Promise((resolve, reject) => {
      const headers = { "content-type": "multipart/form-data; boundary=x", "transfer-encoding": "chunked" };
      const upload = request(`${server.url}v1/inspect`, { method: "POST", headers }, (response) =>
        resolve(response.statusCode),
      );
      upload.on("error", reject);
      upload.write(head);
      const chunk = Buffer.alloc(2 ** 18);
      const push = () => {
        if (upload.destroyed || sent > 2 ** 28) return;
        sent += chunk.length;
        upload.write(chunk, () => setImmediate(push));
      };
      push();
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(2 ** 26);
  });
});
