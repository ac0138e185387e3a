import type { Architecture } from "./architecture.ts";
import { dctHistogram } from "./dctHistogram.ts";
import { ensembleOf } from "./ensemble.ts";
import { logistic } from "./logistic.ts";
import { resnet18 } from "./resnet18.ts";
import { resnet50 } from "./resnet50.ts";
import { smallcnn } from "./smallcnn.ts";
import { tracenet } from "./tracenet.ts";

const singles = {
  resnet50,
  resnet18,
  smallcnn,
  dctHistogram,
  logistic,
  tracenet,
} as const satisfies Record<string, Architecture>;

/**
 * Networks that look at a picture; `ensemble` puts several of one kind together. To add one: a file, a line here, a
 * golden, a page.
 */
export const architectures = { ...singles, ensemble: ensembleOf(singles) } as const satisfies Record<
  string,
  Architecture
>;
