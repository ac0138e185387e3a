import { workerData } from "piscina";
import { oneByOne } from "../../data/crew.ts";
import { sharpCodec } from "../../image/sharpCodec.ts";
import type { ForgedPicture } from "../datasetWriter.ts";
import { makePicture } from "./makePicture.ts";
import { planSlips, type SlipPlan, type SlipSet } from "./plan.ts";
import type { SlipOptions } from "./slipOptions.ts";

export interface ForgeSettings extends SlipSet {
  readonly options: SlipOptions;
}

const settings = workerData as ForgeSettings;
let plans: readonly SlipPlan[] | undefined;

/** Number of a picture in the plan -> the picture. Every worker plans the whole set: streams do not travel. */
export default oneByOne((index: number): Promise<ForgedPicture> => {
  plans ??= planSlips(settings);
  return makePicture(plans[index]!, settings.options, settings.engines, sharpCodec);
});
