import { workerData } from "piscina";
import { oneByOne } from "../data/crew.ts";
import type { Job } from "./job.ts";
import { openWorkbench, type StudySettings } from "./workbench.ts";

const settings = workerData as StudySettings;
let opened: ReturnType<typeof openWorkbench> | undefined;

/** One job after the other, on one thread of the network. */
export default oneByOne((job: Job) => {
  opened ??= openWorkbench(settings);
  return opened.work(job);
});
