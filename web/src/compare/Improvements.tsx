import { LearningCurve } from "./LearningCurve.tsx";
import type { Part } from "./part.ts";

/** What the learning curves say would help, most useful first, and the curves. */
export function Improvements({ ratio: { improve, curves } }: Part) {
  return (
    <section className="compare-part">
      <h2>What would improve it</h2>
      {improve.length === 0 ? (
        <p>The curves name nothing that would help.</p>
      ) : (
        <ol className="bullets">
          {improve.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      )}
      <div className="curves">
        <LearningCurve title="More fakes" points={curves.fakes} />
        <LearningCurve title="More genuine pictures" points={curves.real} />
      </div>
      <p className="aside">{curves.of}, trained again on shares of each class; bands are 95 % intervals.</p>
    </section>
  );
}
