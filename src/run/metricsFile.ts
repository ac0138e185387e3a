import type { ReportData } from "../report/reportData.ts";
import { resultFigures } from "../report/resultFigures.ts";
import type { TrainRunResult } from "./trainRun.ts";

/** The `test` of metrics.json and of `assay train --json`: each metric an Estimate, protocol by protocol. */
export function testBody({ results }: ReportData): Record<string, object> {
  return Object.fromEntries(
    results.map((result) => {
      const { protocol, scores, atFake, atBestAccuracy, localisation, slices, floors } = result;
      const fake = scores.labels.reduce((sum, label) => sum + label, 0);
      const { metrics, confusionMatrix, threshold } = atFake;
      return [
        protocol,
        {
          n: { real: scores.labels.length - fake, fake },
          threshold,
          ...metrics,
          confusionMatrix,
          atBestAccuracy,
          ...resultFigures(result),
          ...(localisation === undefined ? {} : { localisation }),
          ...(slices === undefined ? {} : { slices }),
          floors,
        },
      ];
    }),
  );
}

/** What `assay train --json` prints last. */
export function trainBody({ folder, report, stop }: TrainRunResult): object {
  return {
    schemaVersion: 1,
    run: folder.path,
    model: folder.bestModel,
    stop,
    naiveSplit: report.split.naive,
    operatingPoint: report.thresholds,
    test: testBody(report),
  };
}
