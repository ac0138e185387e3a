import { UserError } from "../core/errors.ts";

/** RGBA interleaved, as libheif (compiled to WebAssembly) gives it. */
interface HeicPixels {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4] */
  readonly data: Uint8Array;
}

/**
 * The primary picture of a HEIC file. libheif applies the container's own rotation and mirror, so the pixels stand upright.
 * `checkSize` sees the header's size before a pixel is decoded and may throw.
 */
export function decodeHeic(bytes: Uint8Array, checkSize: (width: number, height: number) => void): Promise<HeicPixels> {
  return oneAtATime(async () => {
    // Loaded only when a HEIC comes: its WebAssembly takes a tenth of a second to unpack.
    const { default: heicDecode } = await import("heic-decode");
    const pictures = await heicDecode.all({ buffer: bytes }).catch(unreadable);
    try {
      const [picture] = pictures;
      if (picture === undefined) return unreadable(undefined);
      checkSize(picture.width, picture.height);
      const { width, height, data } = await picture.decode().catch(unreadable);
      return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
    } finally {
      pictures.dispose();
    }
  });
}

let last: Promise<unknown> = Promise.resolve();

/** libheif prints its complaints with console.log, into the middle of our answers: meanwhile that goes to stderr. */
function oneAtATime<T>(decode: () => Promise<T>): Promise<T> {
  const mine = last.then(async () => {
    const { log } = console;
    console.log = console.error;
    try {
      return await decode();
    } finally {
      console.log = log;
    }
  });
  last = mine.catch(() => undefined);
  return mine;
}

function unreadable(cause: unknown): never {
  const message =
    "The HEIC file is damaged or ends early, and nothing of it can be decoded. Send it again from the source.";
  throw new UserError("unreadable-picture", message, { cause });
}
