import { useState } from "react";
import type { ComparisonData } from "../../../src/report/compare/comparisonData.ts";
import { comparisonLimits, ratioInWords } from "../../../src/report/compare/words.ts";
import { PickButton } from "../PickButton.tsx";
import { nearestStep } from "../prevalence.ts";
import { shownDate } from "./ComparisonList.tsx";
import { Differences } from "./Differences.tsx";
import { Improvements } from "./Improvements.tsx";
import { PrevalenceTable } from "./PrevalenceTable.tsx";
import { ProsAndCons } from "./ProsAndCons.tsx";
import { Recommendation } from "./Recommendation.tsx";
import { Reliability } from "./Reliability.tsx";
import { StrategyTable } from "./StrategyTable.tsx";

interface ComparisonViewProps {
  readonly source: string;
  readonly data: ComparisonData;
  readonly onClose: () => void;
  readonly onFiles: (files: Iterable<File>) => void;
}

export function ComparisonView({ source, data, onClose, onFiles }: ComparisonViewProps) {
  const [shown, setShown] = useState(0);
  const ratio = data.ratios[shown];
  // Of the slider: the reader's own share of fakes stays when the ratio changes.
  const [step, setStep] = useState(() => nearestStep(1 / (data.ratios[0]?.prevalence ?? 0.01) - 1));
  const { dataset, folds, seeds } = data;
  return (
    <>
      <div className="compare-head">
        <div>
          <h1>Training on rare fakes: {dataset.name}</h1>
          <p className="aside">
            {dataset.counts.real.toLocaleString("en")} genuine pictures and {dataset.counts.fake.toLocaleString("en")}{" "}
            fakes in {dataset.groups.toLocaleString("en")} groups, {folds} folds, {seeds.length} seeds;{" "}
            {shownDate(data.createdAt)}, {source}
          </p>
        </div>
        <div className="compare-actions">
          <button type="button" className="button" onClick={onClose}>
            All comparisons
          </button>
          <PickButton className="button" accept=".json,application/json" onFiles={onFiles}>
            Open a compare.json
          </PickButton>
        </div>
      </div>
      {data.ratios.length > 1 && (
        <fieldset className="ratios">
          <legend>Fakes to genuine pictures</legend>
          {data.ratios.map(({ ratio: name }, i) => (
            <button key={name} type="button" className="button" aria-pressed={i === shown} onClick={() => setShown(i)}>
              {name}
            </button>
          ))}
        </fieldset>
      )}
      {ratio === undefined ? (
        <p className="notice">This comparison holds no ratio: it ended before the first was done.</p>
      ) : (
        <>
          <p className="unseen" role="status">
            {ratioInWords(ratio.ratio)}
          </p>
          <Recommendation ratio={ratio} data={data} />
          <StrategyTable ratio={ratio} data={data} />
          <PrevalenceTable ratio={ratio} data={data} step={step} onStep={setStep} />
          <Differences ratio={ratio} data={data} />
          <Reliability ratio={ratio} data={data} />
          <Improvements ratio={ratio} data={data} />
          <ProsAndCons ratio={ratio} data={data} />
        </>
      )}
      <section className="compare-part">
        <h2>Limits</h2>
        <ul className="bullets">
          {comparisonLimits(data).map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
        <p className="aside">
          {data.learner.kind === "heads"
            ? `Heads on vectors of ${data.learner.width} numbers from a frozen backbone, ${data.learner.backbone}: ${data.learner.learntFrom}`
            : `Whole networks, recipe ${data.learner.recipe}.`}{" "}
          How it was made:
        </p>
        <pre>
          <code>{data.command}</code>
        </pre>
        <p className="aside">
          assay {data.assay}, {data.machine}
        </p>
      </section>
    </>
  );
}
