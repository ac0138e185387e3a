import type { ComparedRatio, ComparisonData } from "./comparisonData.ts";

/** The one recommendation of a ratio, as a headline. */
export function recommendation({ recommended: { name } }: ComparedRatio, control: string): string {
  if (name === null) return "No strategy beats doing nothing and setting the threshold";
  return name === control ? `Do nothing (${name}) and set the threshold` : `Use ${name}`;
}

/** `1 fake for 10 genuine pictures` */
export function ratioInWords(ratio: string): string {
  const [fake, real] = ratio.split(":").map(Number);
  if (fake === undefined || real === undefined || Number.isNaN(fake) || Number.isNaN(real)) return ratio;
  return `${fake} fake${fake === 1 ? "" : "s"} for ${real.toLocaleString("en")} genuine picture${real === 1 ? "" : "s"}`;
}

/** `42 s`, `17 min`, `2 h 5 min` */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `912 bytes`, `11 KB`, `182 MB` */
export function bytes(n: number): string {
  if (n < 1024) return `${Math.round(n)} bytes`;
  const [value, unit] = n < 1024 ** 2 ? [n / 1024, "KB"] : [n / 1024 ** 2, "MB"];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value).toLocaleString("en")} ${unit}`;
}

/** What these figures do not show. */
export function comparisonLimits({ learner, dataset, folds, seeds, control, ratios }: ComparisonData): string[] {
  const thinnest = ratios.reduce((least, { counts }) => Math.min(least, counts.train.fake), Number.POSITIVE_INFINITY);
  const others = (ratios[0]?.strategies.length ?? 1) - 1;
  return [
    `The figures hold for pictures like those of ${dataset.name}. Compare on your own before you choose.`,
    learner.kind === "heads"
      ? "Heads on a frozen backbone were trained. Whole networks (--full) may order the strategies otherwise."
      : "Whole networks were trained; each is one draw of its first weights and of its order of pictures for every seed.",
    `A recommendation is chosen on validation and then shown on the test folds (${folds} folds, ${seeds.length} seed${seeds.length === 1 ? "" : "s"}). Its lead there is not the best of ${others + 1}, but one figure that was named before.`,
    `Differences are to ${control}, on the same pictures, with intervals of 95 % from resampling whole groups; p is two-sided and adjusted for ${others} strategies (Holm, 1979). That a difference is not clear does not show that there is none.`,
    ...(thinnest < 50
      ? [
          `At the rarest ratio a model learns from about ${Math.round(thinnest)} fakes: chance moves every figure there.`,
        ]
      : []),
  ];
}
