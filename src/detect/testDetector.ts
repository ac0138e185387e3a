import type { Detector } from "./detection.ts";

/** A detector for tests whose `detectAll` asks its `detect`, one picture after the other. */
export function detectorOf(detector: Omit<Detector, "detectAll">): Detector {
  return {
    ...detector,
    async *detectAll(pictures, options) {
      for await (const picture of pictures) {
        const { file } = picture;
        if ("error" in picture) yield { file, error: picture.error };
        else
          yield await detector.detect(picture.bytes!, options).then(
            (detection) => ({ file, detection }),
            (error: unknown) => ({ file, error }),
          );
      }
    },
  };
}
