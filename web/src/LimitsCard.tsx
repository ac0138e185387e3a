import type { DetectAnswer } from "../../src/server/answers.ts";
import { blindSpots } from "./words.ts";

/** What a reader must know before leaning on the verdict. */
export function LimitsCard({ answer }: { answer: DetectAnswer }) {
  const { model, evidence, warnings } = answer;
  return (
    <section className="limits" aria-label="Limits of the verdict">
      <Sentences title="Take care" className="warnings" sentences={warnings} />
      <Sentences title="Beside the score" className="evidence" sentences={evidence} />
      <Sentences title="What it cannot see" className="blind-spots" sentences={blindSpots(model.domain)} />
      <dl className="model">
        <dt>Model</dt>
        <dd>{model.name}</dd>
        <dt>Trained on</dt>
        <dd>{model.domain}</dd>
      </dl>
      <button type="button" className="button" onClick={() => save(answer)}>
        Save this answer (JSON)
      </button>
    </section>
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
