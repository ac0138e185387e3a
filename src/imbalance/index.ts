import { balancedBagging } from "./balancedBagging.ts";
import { balancedEnsemble } from "./balancedEnsemble.ts";
import { classWeights } from "./classWeights.ts";
import { focal } from "./focal.ts";
import { logitAdjustment } from "./logitAdjustment.ts";
import { none } from "./none.ts";
import { oversample } from "./oversample.ts";
import { smote } from "./smote.ts";
import type { ImbalanceStrategy } from "./strategy.ts";
import { undersample } from "./undersample.ts";

/** What is done about few fakes among many genuine pictures. To add one: a file, a line here, a page. */
export const imbalance = {
  none,
  classWeights,
  focal,
  logitAdjustment,
  undersample,
  oversample,
  smote,
  balancedEnsemble,
  balancedBagging,
} as const satisfies Record<string, ImbalanceStrategy>;
