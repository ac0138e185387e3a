import { availableParallelism, cpus } from "node:os";
import { env } from "onnxruntime-node";
import { sharpCodec } from "../image/sharpCodec.ts";
import type { LayoutChoice } from "./chooseLayout.ts";

/** What must be the same for the same bits: sums are taken in an order that depends on it. */
export interface Circumstances {
  readonly threads: number | "default";
  readonly layout: LayoutChoice;
  readonly processor: string;
  readonly runtime: string;
  readonly decoder: string;
}

export function circumstancesOf({
  threads,
  layout,
}: {
  readonly threads?: number;
  layout: LayoutChoice;
}): Circumstances {
  return {
    threads: threads ?? "default",
    layout,
    processor: `${cpus()[0]?.model ?? "unknown"} with ${availableParallelism()} cores`,
    runtime: `node ${process.versions.node}, onnxruntime ${env.versions.common}`,
    decoder: sharpCodec.version,
  };
}

/** A sentence where a run that goes on will not end in the very bits of one that was never interrupted. */
export function otherBits(then: Circumstances, now: Circumstances): string | undefined {
  const words: Readonly<Record<keyof Circumstances, string>> = {
    threads: "--threads",
    layout: "--layout",
    processor: "the processor",
    runtime: "the runtime",
    decoder: "the decoder",
  };
  const different = (Object.keys(words) as (keyof Circumstances)[]).filter((key) => then[key] !== now[key]);
  if (different.length === 0) return undefined;
  const list = different.map((key) => `${words[key]} was ${then[key]} and is ${now[key]}`).join("; ");
  return `The run goes on, but it rounds otherwise than before and will not end in the very same bits: ${list}.`;
}
