import { html } from 'lit';
import type { Comparison, Readout } from '../../types';
import {
  type Change,
  changesOf,
  comparable,
  facetChangesOf,
  intervalOf,
  type Pair,
  scoreOf,
  whyNotIn,
} from '../comparison';
import { comparisonCsv, comparisonJson, comparisonName } from '../comparison-export';
import { between, changeLine, doubt, pairedLine } from '../comparison-words';
import { differing, when } from '../facts';
import { listed, signed } from '../format';
import { TOO_FEW } from '../intervals';
import type { Report } from '../report';
import { FACTS } from '../report-facts';
import { saveText } from '../save';
import { READOUT_NAMES } from '../wording';
import { SessionElement, shared } from './base';
import { type Column, changesTable, comparisonStyles, differences, shiftColumns } from './comparison-parts';
import './chart-actions';
import './difference-chart';
import './notice';
import { tableStyles } from './study-parts';

/** Two or more tests side by side: what was asked otherwise, every score, and what changed against the baseline. */
export class ComparisonElement extends SessionElement {
  static override styles = [shared, tableStyles, comparisonStyles];

  override render() {
    const { reports } = this.session;
    const { all, baseline, pairs } = reports;
    if (!baseline || pairs.length === 0) return null;
    const name = (report: Report) => `${all.indexOf(report) + 1} · ${report.model.name}`;
    const none = pairs.filter(({ why }) => why !== null);
    const sections = comparable(pairs);
    return html`<div class="stack" data-comparison=${sections.length}>
      <div class="part">
        <h3>Side by side</h3>
        <label>Held against
          <select @change=${(event: Event) => reports.chooseBaseline((event.target as HTMLSelectElement).value)}>
            ${all.map(report => html`<option value=${report.id} .selected=${report === baseline}>${name(report)}, ${when(report)}</option>`)}
          </select>
        </label>
        ${none.map(({ report, why }) => html`<ts-notice kind="warn">${name(report)} cannot be compared with ${name(baseline)}: ${why}.</ts-notice>`)}
      </div>
      ${this.#asked([baseline, ...pairs.map(({ report }) => report)], name)}
      ${sections.map(section => this.#section(section.readout, section.scales, baseline, pairs, name))}
      ${
        sections.length > 0
          ? html`<div class="row">
              <button @click=${() => saveText(comparisonName(baseline, 'csv'), 'text/csv', comparisonCsv(baseline, pairs))}>Save the comparison as a table (CSV)</button>
              <button @click=${() => saveText(comparisonName(baseline, 'json'), 'application/json', comparisonJson(baseline, pairs))}>Save the comparison (JSON)</button>
            </div>`
          : null
      }
    </div>`;
  }

  /** What makes tests different before any answer is looked at. */
  #asked(reports: Report[], name: (report: Report) => string) {
    const rows = differing(FACTS, reports);
    const tables = reports.filter(({ asked }) => asked === null);
    const unknown =
      tables.length > 0
        ? html`<ts-notice kind="warn">
            How it was asked is not known of what comes from a table: ${listed(tables.map(name))}.
          </ts-notice>`
        : null;
    if (rows.length === 0) {
      return html`${unknown}
        <p>Model, device and questions were the same in all of them${unknown ? ', as far as is known' : ''}.</p>`;
    }
    return html`${unknown}${differences(reports.map(name), rows)}`;
  }

  #section(
    readout: Readout,
    scales: string[],
    baseline: Report,
    pairs: Pair[],
    name: (report: Report) => string,
  ) {
    const able = pairs.filter(({ why }) => why === null);
    const shown = able.filter(({ found }) => found && changesOf(found, readout).length > 0);
    const reports = [baseline, ...shown.map(({ report }) => report)];
    const doubts = reports.flatMap(report => {
      const line = doubt(report, readout);
      return line === null ? [] : [`${name(report)}. ${line}`];
    });
    const body = html`<div class="part">
      ${doubts.map(line => html`<ts-notice kind="warn">${line}</ts-notice>`)}
      ${able
        .filter(pair => pair.found && !shown.includes(pair))
        .map(
          pair =>
            html`<p class="soft">${name(pair.report)} is left out here: ${whyNotIn(pair, baseline, readout)}.</p>`,
        )}
      ${this.#scores(readout, scales, reports, name)}
      ${shown.map(({ report, found }) => (found ? this.#changes(found, report, baseline, readout, name) : null))}
      ${this.#meaning(baseline, readout)}
    </div>`;
    // What is known to mean nothing is not offered, as everywhere on this page.
    return doubts.length > 0 &&
      reports.some(report => report.asked !== null && doubt(report, readout) !== null)
      ? html`<details data-compared=${readout} data-doubtful>
          <summary>${READOUT_NAMES[readout]}: not offered, and why</summary>
          ${body}
        </details>`
      : html`<div class="part" data-compared=${readout}>
          <h3>${READOUT_NAMES[readout]}</h3>
          ${body}
        </div>`;
  }

  #scores(readout: Readout, scales: string[], reports: Report[], name: (report: Report) => string) {
    const [baseline] = reports;
    const digits = baseline?.kind === 'items' ? 0 : 2;
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Scores side by side">
      <table class="num" data-scores>
        <caption>${digits === 0 ? 'Scores of 100, with 95% intervals' : 'Mean points, with 95% intervals'}</caption>
        <thead>
          <tr>
            <th scope="col">${digits === 0 ? 'Trait' : 'Domain'}</th>
            ${reports.map(report => html`<th scope="col" class=${report === baseline ? 'first' : ''}>${name(report)}${report === baseline ? html`<br /><span class="soft small">baseline</span>` : null}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${scales.map(
            scale => html`<tr>
              <th scope="row">${scale}</th>
              ${reports.map(report => {
                const score = scoreOf(report, readout, scale);
                const interval = score?.interval?.map(end => end.toFixed(digits)).join(' to ') ?? TOO_FEW;
                return html`<td class=${report === baseline ? 'first' : ''}>${score ? html`<strong>${score.value.toFixed(digits)}</strong> <span class="soft">(${interval})</span>` : '–'}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #changes(
    found: Comparison,
    report: Report,
    baseline: Report,
    readout: Readout,
    name: (report: Report) => string,
  ) {
    const changes = changesOf(found, readout);
    const facets = facetChangesOf(found, readout);
    return html`<div class="part" data-against=${report.id}>
      <h4>${name(report)}, less ${name(baseline)}</h4>
      <p>${changeLine(changes)} ${pairedLine(changes, report.kind)}</p>
      <ts-chart-actions label="Differences: ${name(report)}, less ${name(baseline)}, ${READOUT_NAMES[readout].toLowerCase()}" model="${report.model.name}, less ${baseline.model.name}" .date=${report.date}>
        <ts-difference-chart .changes=${changes} unit=${unitOf(report.kind, readout)}></ts-difference-chart>
      </ts-chart-actions>
      <details>
        <summary>The differences as a table</summary>
        ${this.#table(changes, report.kind === 'items' ? 'Trait' : 'Domain')}
      </details>
      ${
        facets.length > 0
          ? html`<details data-facets>
              <summary>The differences of the facets</summary>
              ${this.#table(facets, 'Facet')}
            </details>`
          : null
      }
    </div>`;
  }

  #table(changes: Change[], scale: 'Trait' | 'Domain' | 'Facet') {
    const items = scale === 'Trait';
    const first: Column<Change> = {
      head: scale,
      cell: change =>
        change.facet === null
          ? change.scale
          : html`<span class="soft">${change.scale}:</span> ${change.facet}`,
    };
    const columns: Column<Change>[] = [
      ...(items ? [{ head: 'Score', cell: of100 }] : []),
      ...shiftColumns(items ? 'd' : 'Points', items ? 'Items' : 'Statements'),
      { head: 'Left out', cell: ({ unpaired }) => unpaired },
    ];
    return changesTable(first, columns, changes);
  }

  /** What the differences are, once for all of a read-out. */
  #meaning({ kind }: Report, readout: Readout) {
    return html`<p class="soft small">
      ${kind === 'items' ? `Differences in d, ${unitOf(kind, readout)}: how much likelier the high answers are than the low ones.` : 'Differences in mean points of the scale, reversed statements turned round.'}
      Item by item, with the 95% interval over items. dz: the mean difference in units of its spread between items. p: sign-flip
      test, with Holm’s adjustment for all rows of a table.
    </p>`;
  }
}

/** The change of a score of 100, with its interval. */
function of100({ score, paired }: Change): string {
  return score ? `${signed(score.value, 0)} (${between(intervalOf(score, paired), 0)})` : '';
}

/** What differences are counted in. */
function unitOf(kind: Report['kind'], readout: Readout): string {
  if (kind === 'statements') return 'points';
  return readout === 'continuation' ? 'nats a token' : 'nats';
}

customElements.define('ts-comparison', ComparisonElement);
