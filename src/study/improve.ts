import { isDefined } from "../core/estimate.ts";
import type { ComparedRatio, CurvePoint } from "../report/compare/comparisonData.ts";

/** Below it on balanced data the vectors hardly tell the classes apart, and strategies differ by chance. */
const telling = 0.85;
/** From here on a share of contradicted labels is worth a look. */
const noisy = 0.02;
/** Below this ROC-AUC most contradicted labels are of pictures that are merely hard: nothing is said of them. */
const apart = 0.95;

/**
 * What would help, most useful first: what the last doubling of each class brought to PR-AUC, what the imbalance costs,
 * and how many labels are doubted. Sentences that name their figures; nothing is extrapolated.
 */
export function improveSentences(
  { curves, balanced, ratio }: Pick<ComparedRatio, "curves" | "balanced" | "ratio">,
  strategy: string,
  atRatio: ComparedRatio["strategies"][number]["metrics"],
): string[] {
  const doublings = [
    ...doubling(curves.fakes, "fakes", strategy),
    ...doubling(curves.real, "genuine pictures", strategy),
  ].sort((a, b) => b.gain - a.gain);
  const sentences = doublings.map(({ sentence }) => sentence);
  if (isDefined(balanced.rocAuc) && balanced.rocAuc.value < telling)
    sentences.unshift(
      `What is trained on tells the classes apart too weakly: even on balanced data the ROC-AUC is ${number(balanced.rocAuc.value)}, and below ${number(telling)} differences between strategies mean little. Better features come first: a backbone or a recipe made for such pictures.`,
    );
  if (isDefined(balanced.rocAuc) && isDefined(atRatio.rocAuc)) {
    const gap = balanced.rocAuc.value - atRatio.rocAuc.value;
    sentences.push(
      gap > 0.005
        ? `Training on all fakes there are, with as many genuine pictures, has a ROC-AUC of ${number(balanced.rocAuc.value)} where ${ratio} has ${number(atRatio.rocAuc.value)}: ${number(gap)} is what the missing fakes cost.`
        : `Training on all fakes there are, with as many genuine pictures, has a ROC-AUC of ${number(balanced.rocAuc.value)} beside ${number(atRatio.rocAuc.value)} at ${ratio}: the imbalance itself costs little, and better features would help more than more fakes.`,
    );
  }
  for (const [label, name] of [
    ["fake", "fakes"],
    ["real", "genuine pictures"],
  ] as const) {
    const noise = curves.labelNoise[label];
    if (isDefined(atRatio.rocAuc) && atRatio.rocAuc.value >= apart && isDefined(noise) && noise.value >= noisy)
      sentences.push(
        `Models of other folds contradict ${(100 * noise.value).toFixed(1)} % of the labels of ${name} with confidence [${(100 * noise.low).toFixed(1)}, ${(100 * noise.high).toFixed(1)}]: look at those first. Pictures that are merely hard are among them.`,
      );
  }
  return sentences;
}

/** What the last doubling brought; nothing where a point is missing. */
function doubling(points: readonly CurvePoint[], what: string, strategy: string) {
  const [half, whole] = [points.find(({ share }) => share === 0.5), points.find(({ share }) => share === 1)];
  if (half === undefined || whole === undefined || !isDefined(half.prAuc) || !isDefined(whole.prAuc)) return [];
  const gain = whole.prAuc.value - half.prAuc.value;
  const grown = `From ${Math.round(half.n).toLocaleString("en")} to ${Math.round(whole.n).toLocaleString("en")} ${what} in train, the PR-AUC of ${strategy} went from ${number(half.prAuc.value)} to ${number(whole.prAuc.value)}`;
  const clear = whole.prAuc.value > half.prAuc.high;
  const end = clear
    ? `: more ${what} would help.`
    : gain > 0.005
      ? `, within the interval of ${number(half.prAuc.low)} to ${number(half.prAuc.high)}: more ${what} may help a little.`
      : `: more ${what} would help little.`;
  return [{ gain, sentence: `${grown}${end}` }];
}

const number = (x: number) => x.toFixed(3).replace(/^(-?)0\./, "$1.");
