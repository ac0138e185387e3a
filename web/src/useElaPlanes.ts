import { useEffect, useState } from "react";
import { ela, sentence } from "./api.ts";

/** The planes are fetched with this gain and brightened in the browser, so that the gain slider answers at once. */
export const fetchedGain = 4;

interface ElaPlanes {
  readonly url?: string;
  /** Why error levels mean little on this picture at this quality. */
  readonly doubt?: string;
  readonly isBusy: boolean;
  readonly error?: string;
}

/** ELA of a file at a quality; a quarter second after the last change, the earlier request cancelled. */
export function useElaPlanes(file: File, quality: number): ElaPlanes {
  const [planes, setPlanes] = useState<ElaPlanes>({ isBusy: true });
  useEffect(() => {
    const controller = new AbortController();
    setPlanes(({ error: _, ...shown }) => ({ ...shown, isBusy: true }));
    const timer = setTimeout(async () => {
      try {
        const { png, doubt } = await ela(file, { quality, gain: fetchedGain, maxSide: 1600 }, controller.signal);
        setPlanes({ url: URL.createObjectURL(png), isBusy: false, ...(doubt !== undefined && { doubt }) });
      } catch (error) {
        if (!controller.signal.aborted) setPlanes({ error: sentence(error), isBusy: false });
      }
    }, 250);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [file, quality]);

  const { url } = planes;
  useEffect(() => () => URL.revokeObjectURL(url ?? ""), [url]);
  return planes;
}
