import { inOrder } from "../../../src/report/compare/order.ts";
import type { Part } from "./part.ts";

/** For each strategy what was measured for and against it, and how it is known to fail. */
export function ProsAndCons({ ratio, data }: Part) {
  const open = ratio.recommended.name ?? data.control;
  return (
    <section className="compare-part">
      <h2>Pros and cons</h2>
      {inOrder(ratio, data.control).map(({ name, summary, cite, failure, pros, cons }) => (
        <details key={`${ratio.ratio} ${name}`} className="sides" open={name === open}>
          <summary>
            {name} <span>{summary}</span>
          </summary>
          <div>
            <Side title="For" kind="pros" sentences={pros} />
            <Side title="Against" kind="cons" sentences={cons} />
          </div>
          <p className="aside">
            Known to fail: {failure}. {cite}.
          </p>
        </details>
      ))}
    </section>
  );
}

function Side({ title, kind, sentences }: { title: string; kind: "pros" | "cons"; sentences: readonly string[] }) {
  return (
    <div className={kind}>
      <h3>{title}</h3>
      {sentences.length === 0 ? (
        <p className="aside">Nothing that was measured.</p>
      ) : (
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
