import type { DetectAnswer, ModelAnswer } from "../../src/server/answers.ts";
import { AlarmWorth } from "./AlarmWorth.tsx";
import { NoModel } from "./NoModel.tsx";
import { ProbabilityScale } from "./ProbabilityScale.tsx";
import { RegionList } from "./RegionList.tsx";
import type { Picture } from "./usePictures.ts";
import { falseAlarmWords, percent, verdictWords } from "./words.ts";

interface VerdictCardProps {
  readonly picture: Picture;
  readonly model: ModelAnswer | undefined;
  /** The region that the viewer shows from near. */
  readonly focus: number | undefined;
  readonly onFocus: (region: number | undefined) => void;
}

/** The answer at a glance: verdict, probability, false alarms. What bounds it stands in LimitsCard. */
export function VerdictCard({ picture, model, focus, onFocus }: VerdictCardProps) {
  const { file, state, answer, error } = picture;
  const kind = answer?.verdict ?? (error !== undefined ? "error" : state === "done" ? "none" : "busy");
  return (
    <section className={`card verdict verdict-${kind}`} aria-label="Verdict">
      <p className="verdict-file">{file.name}</p>
      {answer !== undefined ? (
        answer.outside === undefined ? (
          <>
            <Answer answer={answer} />
            <RegionList answer={answer} focus={focus} onFocus={onFocus} />
            {answer.verdict === "fake" && model?.operatingPoint !== undefined && (
              <AlarmWorth operatingPoint={model.operatingPoint} />
            )}
          </>
        ) : (
          <Outside because={answer.outside} />
        )
      ) : error !== undefined ? (
        <>
          <h1>This file could not be examined</h1>
          <p>{error}</p>
        </>
      ) : state !== "done" ? (
        <h1 className="is-busy">Examining…</h1>
      ) : (
        model?.model === null && <NoModel />
      )}
    </section>
  );
}

/** The model was not made for this picture: a calm reason, and no number that could be taken for an answer. */
function Outside({ because }: { because: string }) {
  return (
    <>
      <h1>{verdictWords.inconclusive.sentence}</h1>
      <p>{because}</p>
      <p className="aside">Error levels and file facts need no model: they can still be read.</p>
    </>
  );
}

function Answer({ answer: { verdict, probability, thresholds, falseAlarmRate } }: { answer: DetectAnswer }) {
  return (
    <>
      <h1>{verdictWords[verdict].sentence}</h1>
      <ProbabilityScale probability={probability} thresholds={thresholds} />
      <p>
        Probability of alteration: <strong>{percent(probability)}</strong>. The model says “altered” from{" "}
        {Math.round(thresholds.fake * 100)} % on; there it flags <strong>{falseAlarmWords(falseAlarmRate)}</strong> of
        its validation set.
      </p>
      {verdict === "real" && <p>This does not prove that the picture is genuine: an edit can leave no trace.</p>}
      {verdict === "inconclusive" && (
        <p>The score lies where genuine and altered pictures mix. Weigh other evidence.</p>
      )}
    </>
  );
}
