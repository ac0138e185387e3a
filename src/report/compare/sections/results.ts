import { html, type Markup } from "../../markup.ts";
import { percent } from "../../words.ts";
import { differenceFigures } from "../charts/differencesChart.ts";
import { reliabilityFigures } from "../charts/reliabilityChart.ts";
import type { ComparedRatio, ComparisonData } from "../comparisonData.ts";
import { ratioInWords } from "../words.ts";
import { costTable } from "./costTable.ts";
import { precisionTable } from "./precisionTable.ts";
import { probabilityTable, rankingTable, thresholdTable } from "./strategyTables.ts";

/** For each ratio: five tables, each one question, and the charts that belong to them. */
export function results(data: ComparisonData): Markup {
  return html`
<section>
  <h2>Results</h2>
  <p>Measured on the test folds, fakes counted at the ratio. The control (${data.control}) comes first, the others in the order of
    their PR-AUC on validation. Grey: 95 % intervals, whole groups resampled.</p>
  ${data.ratios.map((ratio) => ofRatio(ratio, data))}
</section>`;
}

function ofRatio(ratio: ComparedRatio, data: ComparisonData): Markup {
  return html`
<section class="ratio">
  <h3 class="ratio-title">${ratio.ratio} <small>${ratioInWords(ratio.ratio)}; ${percent(ratio.prevalence)} are fake</small></h3>
  <h4>Which finds more of the fakes</h4>
  ${rankingTable(ratio, data)}
  <p class="note">PR-AUC of guessing is the share of fakes, so it falls with the ratio whatever the model does. “Balanced” was trained
    on as many fakes as genuine pictures, before any was taken away: the distance to it is what rarity costs. Budget: ${data.budget}
    alarms in 1,000 pictures. <strong>Bold</strong>: clear of the control (Holm-adjusted p below .05).</p>
  <h4>Differences to ${data.control}, on the same pictures</h4>
  <div class="charts">${differenceFigures(ratio, data)}</div>
  <h4>At the threshold</h4>
  ${thresholdTable(ratio, data)}
  <p class="note">Each strategy's own threshold, chosen on validation for at most ${percent(data.maxFpr)} false alarms. Accuracy says little
    where fakes are rare: who always answers “real” is right on ${percent(1 - ratio.prevalence)}.</p>
  <h4>What an alarm is worth where fakes are rarer still</h4>
  ${precisionTable(ratio, data)}
  <h4>Whether the probabilities can be taken at their word</h4>
  ${probabilityTable(ratio, data)}
  <div class="multiples">${reliabilityFigures(ratio, data)}</div>
  <p class="note">Share of fakes over the probability given; on the dotted line they agree. Areas grow with the pictures, bars are
    Wilson intervals. ECE before prior correction and calibration, and after.</p>
  <h4>What it costs</h4>
  ${costTable(ratio, data)}
</section>`;
}
