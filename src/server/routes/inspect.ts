import { createHash } from "node:crypto";
import type { DecodedImage } from "../../image/codec.ts";
import { readMetadata } from "../../image/metadata.ts";
import { errorAnswer, type InspectAnswer, inspectAnswer } from "../answers.ts";
import type { App, Rooms } from "../app.ts";
import { oneUpload } from "../upload.ts";

/** Facts of the file that need no model: header, tables, metadata, hashes. */
export function inspectRoute(app: App, { codec, limits, inTurn }: Rooms): void {
  app.post(
    "/v1/inspect",
    {
      schema: {
        summary: "What the file says of itself: JPEG header and tables, metadata, hashes",
        response: { 200: inspectAnswer, "4xx": errorAnswer },
      },
    },
    async (request) => {
      const { file, bytes } = await oneUpload(request, limits);
      return inTurn(async () => describe(file, await codec.decode(bytes, limits), codec.version));
    },
  );
}

function describe(
  file: string,
  { bytes, format, pixels, orientation, jpeg, warnings }: DecodedImage,
  decoder: string,
): InspectAnswer {
  const { entries, flags, software, captureTime } = readMetadata(bytes);
  const hash = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  return {
    schemaVersion: 1,
    file,
    hashes: { sha256: hash("sha256"), sha1: hash("sha1"), md5: hash("md5") },
    picture: { format, width: pixels.width, height: pixels.height, bytes: bytes.length, orientation },
    decoder,
    ...(jpeg && {
      jpeg: {
        progressive: jpeg.progressive,
        subsampling: jpeg.subsampling,
        ...(jpeg.quality !== undefined && { quality: jpeg.quality }),
        standardTables: jpeg.standardTables,
        tables: Object.entries(jpeg.tables).map(([id, values]) => ({ id: Number(id), values: [...values] })),
        applications: [...jpeg.applications],
        comments: [...jpeg.comments],
        complete: jpeg.complete,
        trailingBytes: jpeg.trailingBytes,
      },
    }),
    metadata: {
      entries: [...entries],
      ...(software !== undefined && { software }),
      ...(captureTime !== undefined && { captureTime }),
      contentCredentials: flags.contentCredentials,
      editor: flags.editor,
    },
    warnings: [...warnings],
  };
}
