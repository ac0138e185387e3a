import { useEffect, useState } from "react";
import type { ComparisonsAnswer } from "../../../src/server/comparisonAnswers.ts";
import { fetchComparisons, sentence } from "../api.ts";
import { PickButton } from "../PickButton.tsx";
import { linkTo } from "../page.ts";

/** What lies in runs/, and the way to open a file from elsewhere. */
export function ComparisonList({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const [found, setFound] = useState<ComparisonsAnswer["comparisons"]>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    fetchComparisons().then(
      ({ comparisons }) => setFound(comparisons),
      (error: unknown) => setTrouble(sentence(error)),
    );
  }, []);
  return (
    <div className="welcome">
      <h1>What helps when fakes are rare?</h1>
      <p className="lead">
        Every remedy for few fakes among many genuine pictures, trained on your own data and measured on the same
        pictures.
      </p>
      {trouble !== undefined && <p className="notice notice-error">{trouble}</p>}
      {found !== undefined && found.length > 0 && (
        <ul className="comparisons">
          {found.map((comparison) => (
            <li key={comparison.name}>
              <Row {...comparison} />
            </li>
          ))}
        </ul>
      )}
      {found?.length === 0 && <NoComparison />}
      {(found !== undefined || trouble !== undefined) && (
        <PickButton className="button" accept=".json,application/json" onFiles={onFiles}>
          Open a compare.json
        </PickButton>
      )}
    </div>
  );
}

function Row({ name, createdAt, dataset, strategies, ratios }: ComparisonsAnswer["comparisons"][number]) {
  return (
    <a className="comparison" href={linkTo(name)}>
      <span className="comparison-name">{name}</span>
      <span className="comparison-facts">
        {dataset}, {strategies} strategies, {shownDate(createdAt)}
      </span>
      <span className="comparison-answers">
        {ratios.map(({ ratio, recommended }) => (
          <span key={ratio}>
            <b>{ratio}</b> {recommended ?? "nothing beats the threshold alone"}
          </span>
        ))}
      </span>
    </a>
  );
}

/** How to make a first one. */
function NoComparison() {
  return (
    <section className="no-model">
      <h2>There is no comparison in runs/ yet</h2>
      <p>Compare every strategy on a dataset of yours, at one fake for 10 and for 100 genuine pictures,</p>
      <pre>
        <code>assay compare &lt;dataset&gt; --ratios 1:10,1:100</code>
      </pre>
      <p>then reload this page. Or drop a compare.json of another machine here.</p>
    </section>
  );
}

/** `21 November 2026`, or the text itself where it is no time. */
export function shownDate(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(date);
}
