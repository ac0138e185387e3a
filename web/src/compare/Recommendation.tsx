import { type Estimate, isDefined } from "../../../src/core/estimate.ts";
import { metricWords } from "../../../src/report/compare/metricWords.ts";
import { chosen } from "../../../src/report/compare/order.ts";
import { ratioInWords, recommendation } from "../../../src/report/compare/words.ts";
import type { Part } from "./part.ts";
import { interval, showThree } from "./words.ts";

/** The one answer, why, and three figures beside what they are measured against. */
export function Recommendation({ ratio, data }: Part) {
  const strategy = chosen(ratio, data.control);
  const control = ratio.strategies.find(({ name }) => name === data.control);
  const tone = ratio.recommended.name === null ? "inconclusive" : "real";
  return (
    <section className={`card verdict verdict-${tone} recommendation`} aria-label="Recommendation">
      <p className="verdict-file">
        At {ratio.ratio}, {ratioInWords(ratio.ratio)}
      </p>
      <h2>{recommendation(ratio, data.control)}</h2>
      <p>{ratio.recommended.why}</p>
      <dl className="key-figures">
        {(["prAuc", "recallAtFpr1", "rocAuc"] as const).map((metric) => {
          const { name, guess } = metricWords[metric];
          const estimate = strategy?.metrics[metric] ?? { undefinedBecause: "it was not measured" };
          return (
            <div key={metric}>
              <dt>{name}</dt>
              <dd>
                <b>{value(estimate)}</b>{" "}
                <span>{isDefined(estimate) ? interval(estimate, showThree) : estimate.undefinedBecause}</span>
                <span className="beside">
                  {[
                    ...(control === undefined || control === strategy
                      ? []
                      : [`${control.name} ${value(control.metrics[metric])}`]),
                    `balanced ${value(ratio.balanced[metric])}`,
                    `guessing ${(guess?.(ratio.prevalence, data) ?? 0).toFixed(3)}`,
                  ].join(", ")}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function value(estimate: Estimate): string {
  return isDefined(estimate) ? showThree(estimate.value) : "–";
}
