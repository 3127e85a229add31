import { html } from 'lit';
import { words } from '../../i18n/all';
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
import { decimal, listed, signed } from '../format';
import { tooFew } from '../intervals';
import type { Report } from '../report';
import { FACTS } from '../report-facts';
import { saveText } from '../save';
import { READOUT_NAMES, READOUTS_WITHIN, traitLabel } from '../wording';
import { SessionElement, shared } from './base';
import { type Column, changesTable, comparisonStyles, differences, shiftColumns } from './comparison-parts';
import './chart-actions';
import './difference-chart';
import './help';
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
    const said = words.comparison;
    return html`<div class="stack" data-comparison=${sections.length}>
      <div class="part">
        <h3>${said.heading}</h3>
        <label>${said.against}
          <select @change=${(event: Event) => reports.chooseBaseline((event.target as HTMLSelectElement).value)}>
            ${all.map(report => html`<option value=${report.id} .selected=${report === baseline}>${said.choice(name(report), when(report))}</option>`)}
          </select>
        </label>
        ${none.map(({ report, why }) => html`<ts-notice kind="warn">${said.impossible(name(report), name(baseline), why ?? '')}</ts-notice>`)}
      </div>
      ${this.#asked([baseline, ...pairs.map(({ report }) => report)], name)}
      ${sections.map(section => this.#section(section.readout, section.scales, baseline, pairs, name))}
      ${
        sections.length > 0
          ? html`<div class="row">
              <button @click=${() => saveText(comparisonName(baseline, 'csv'), 'text/csv', comparisonCsv(baseline, pairs))}>${said.saveTable}</button>
              <button @click=${() => saveText(comparisonName(baseline, 'json'), 'application/json', comparisonJson(baseline, pairs))}>${said.save}</button>
              <button @click=${() => this.session.paper.print({ of: 'comparison' })}>${said.print}</button>
            </div>`
          : null
      }
    </div>`;
  }

  /** What makes tests different before any answer is looked at. */
  #asked(reports: Report[], name: (report: Report) => string) {
    const rows = differing(FACTS, reports);
    const said = words.comparison;
    const tables = reports.filter(({ asked }) => asked === null);
    const unknown =
      tables.length > 0
        ? html`<ts-notice kind="warn">
            ${said.fromTable(listed(tables.map(name)))}
          </ts-notice>`
        : null;
    if (rows.length === 0) {
      return html`${unknown}
        <p>${unknown ? said.sameAsKnown : said.same}</p>`;
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
    const said = words.comparison;
    const able = pairs.filter(({ why }) => why === null);
    const shown = able.filter(({ found }) => found && changesOf(found, readout).length > 0);
    const reports = [baseline, ...shown.map(({ report }) => report)];
    const doubts = reports.flatMap(report => {
      const line = doubt(report, readout);
      return line === null ? [] : [said.doubt(name(report), line)];
    });
    const body = html`<div class="part">
      ${doubts.map(line => html`<ts-notice kind="warn">${line}</ts-notice>`)}
      ${able
        .filter(pair => pair.found && !shown.includes(pair))
        .map(
          pair =>
            html`<p class="soft">${said.leftOut(name(pair.report), whyNotIn(pair, baseline, readout))}</p>`,
        )}
      ${this.#scores(readout, scales, reports, name)}
      ${shown.map(({ report, found }) => (found ? this.#changes(found, report, baseline, readout, name) : null))}
      ${this.#meaning(baseline, readout)}
    </div>`;
    // What is known to mean nothing is not offered, as everywhere on this page.
    return doubts.length > 0 &&
      reports.some(report => report.asked !== null && doubt(report, readout) !== null)
      ? html`<details data-compared=${readout} data-doubtful>
          <summary>${said.notOffered(READOUT_NAMES[readout])}</summary>
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
    const said = words.comparison;
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${said.scores.label}>
      <table class="num" data-scores>
        <caption>${digits === 0 ? said.scores.items : said.scores.statements}</caption>
        <thead>
          <tr>
            <th scope="col">${digits === 0 ? said.table.trait : said.table.domain}</th>
            ${reports.map(report => html`<th scope="col" class=${report === baseline ? 'first' : ''}>${name(report)}${report === baseline ? html`<br /><span class="soft small">${said.scores.baseline}</span>` : null}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${scales.map(
            scale => html`<tr>
              <th scope="row">${traitLabel(scale)}</th>
              ${reports.map(report => {
                const score = scoreOf(report, readout, scale);
                const [low, high] = (score?.interval ?? []).map(end => decimal(end, digits));
                const interval = low && high ? words.wording.ends(low, high) : tooFew();
                return html`<td class=${report === baseline ? 'first' : ''}>${score ? html`<strong>${decimal(score.value, digits)}</strong> <span class="soft">(${interval})</span>` : '–'}</td>`;
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
    const said = words.comparison;
    const [one, other] = [name(report), name(baseline)];
    return html`<div class="part" data-against=${report.id}>
      <h4>${said.less(one, other)}</h4>
      <p>${changeLine(changes)} ${pairedLine(changes, report.kind)}</p>
      <ts-chart-actions label=${said.chart(one, other, READOUTS_WITHIN[readout])} model=${said.less(report.model.name, baseline.model.name)} .date=${report.date}>
        <ts-difference-chart .changes=${named(changes)} .none=${tooFew()} unit=${unitOf(report.kind, readout)}></ts-difference-chart>
      </ts-chart-actions>
      <details>
        <summary>${said.asTable}</summary>
        ${this.#table(changes, report.kind === 'items' ? 'trait' : 'domain')}
      </details>
      ${
        facets.length > 0
          ? html`<details data-facets>
              <summary>${said.ofFacets}</summary>
              ${this.#table(facets, 'facet')}
            </details>`
          : null
      }
    </div>`;
  }

  #table(changes: Change[], scale: 'trait' | 'domain' | 'facet') {
    const said = words.comparison.table;
    const items = scale === 'trait';
    const first: Column<Change> = {
      head: said[scale],
      cell: change =>
        change.facet === null
          ? traitLabel(change.scale)
          : html`<span class="soft">${traitLabel(change.scale)}:</span> ${traitLabel(change.facet)}`,
    };
    const columns: Column<Change>[] = [
      ...(items ? [{ head: said.score, cell: of100 }] : []),
      ...shiftColumns(items ? said.d : said.points, items ? said.items : said.statements),
      { head: said.leftOut, cell: ({ unpaired }) => unpaired },
    ];
    return changesTable(first, columns, changes);
  }

  /** What the differences are, once for all of a read-out. */
  #meaning({ kind }: Report, readout: Readout) {
    const { meaning } = words.comparison;
    return html`<p class="soft small">
      ${kind === 'items' ? meaning.items(unitOf(kind, readout)) : meaning.statements}
      ${meaning.tests} <ts-help of="difference"></ts-help>
    </p>`;
  }
}

/** The change of a score of 100, with its interval. */
function of100({ score, paired }: Change): string {
  return score
    ? words.comparison.withInterval(signed(score.value, 0), between(intervalOf(score, paired), 0))
    : '';
}

/** Changes for a chart, which calls scales what it is told. */
function named(changes: Change[]): Change[] {
  return changes.map(change => ({ ...change, scale: traitLabel(change.scale) }));
}

/** What differences are counted in. */
function unitOf(kind: Report['kind'], readout: Readout): string {
  const { units } = words.comparison;
  if (kind === 'statements') return units.points;
  return readout === 'continuation' ? units.natsToken : units.nats;
}

customElements.define('ts-comparison', ComparisonElement);
