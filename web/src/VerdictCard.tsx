import type { DetectAnswer, ModelAnswer } from "../../src/server/answers.ts";
import { NoModel } from "./NoModel.tsx";
import { ProbabilityScale } from "./ProbabilityScale.tsx";
import type { Picture } from "./usePictures.ts";
import { blindSpots, falseAlarmWords, percent, verdictWords } from "./words.ts";

export function VerdictCard({ picture, model }: { picture: Picture; model: ModelAnswer | undefined }) {
  const { file, state, answer, error } = picture;
  const kind = answer?.verdict ?? (error !== undefined ? "error" : state === "done" ? "none" : "busy");
  return (
    <section className={`card verdict verdict-${kind}`} aria-label="Verdict">
      <p className="verdict-file">{file.name}</p>
      {answer !== undefined ? (
        <Answer answer={answer} />
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

function Answer({ answer }: { answer: DetectAnswer }) {
  const { verdict, probability, thresholds, falseAlarmRate, model, evidence, warnings } = answer;
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
      <Sentences title="Take care" className="warnings" sentences={warnings} />
      <Sentences title="Beside the score" className="evidence" sentences={evidence} />
      <h2>What it cannot see</h2>
      <ul>
        {blindSpots(model.domain).map((spot) => (
          <li key={spot}>{spot}</li>
        ))}
      </ul>
      <dl className="model">
        <dt>Model</dt>
        <dd>{model.name}</dd>
        <dt>Trained on</dt>
        <dd>{model.domain}</dd>
      </dl>
      <button type="button" className="button" onClick={() => save(answer)}>
        Save this answer (JSON)
      </button>
    </>
  );
}

function Sentences({
  title,
  className,
  sentences,
}: {
  title: string;
  className: string;
  sentences: readonly string[];
}) {
  if (sentences.length === 0) return null;
  return (
    <div className={className}>
      <h2>{title}</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** The object of `assay detect --json`, for a report or a ticket. */
function save(answer: DetectAnswer): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(answer, null, 2)}\n`], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: url, download: `${answer.file}.assay.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
