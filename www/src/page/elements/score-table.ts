import { css, html, LitElement } from 'lit';
import { type Words, words } from '../../i18n/all';
import type { Score } from '../../types';
import * as format from '../format';
import { type Interval, intervals, tooFew } from '../intervals';
import { traitLabel } from '../wording';
import { shared } from './base';
import './help';

/** The same scores as numbers. */
export class ScoreTableElement extends LitElement {
  static override properties = { scores: { attribute: false } };
  declare scores: Score[];

  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      table {
        border-collapse: collapse;
        inline-size: 100%;
        font-size: 0.92rem;
        margin-block-start: 0.5rem;
      }
      th,
      td {
        text-align: end;
        padding: 0.4rem 0.6rem;
        border-block-end: 1px solid var(--line);
        font-variant-numeric: tabular-nums;
      }
      th:first-child {
        text-align: start;
        padding-inline-start: 0;
        overflow-wrap: anywhere;
      }
      thead th {
        color: var(--ink-soft);
        font-weight: 600;
        vertical-align: bottom;
      }
      tbody th {
        font-weight: 600;
      }
      td span {
        white-space: nowrap;
      }
      .helps {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.25rem;
        margin-block-start: 0.35rem;
      }
      @media print {
        .helps {
          display: none;
        }
        th,
        td {
          padding-block: 0.15rem;
        }
      }
      /* Where the columns do not fit side by side, each trait is a block of its own with the headings inside. */
      @container (max-width: 42rem) {
        table,
        tbody {
          display: block;
        }
        thead {
          display: none;
        }
        tr {
          display: grid;
          grid-template-columns: minmax(0, 0.88fr) minmax(0, 1.1fr) minmax(0, 1.24fr);
          column-gap: 0.4rem;
          font-size: 0.85rem;
          padding-block: 0.6rem;
          border-block-end: 1px solid var(--line);
        }
        tbody th {
          grid-column: 1 / 3;
          padding: 0;
          font-size: 0.92rem;
        }
        td {
          text-align: start;
          padding: 0.25rem 0 0;
          line-height: 1.35;
        }
        th,
        td {
          border: none;
        }
        td::before {
          content: attr(data-heading);
          display: block;
          color: var(--ink-soft);
        }
        td span {
          display: block;
          white-space: normal;
        }
        .items {
          grid-area: 1 / 3;
          padding: 0;
        }
        .items::before,
        .refusals::before {
          display: inline;
          content: attr(data-heading) ": ";
        }
      }
    `,
  ];

  override render() {
    const letters = this.scores.some(score => score.readout === 'letters');
    const said = words.charts.table;
    const headings = (['score', 'weight', 'd', 'items', 'refusals'] as const).slice(0, letters ? 5 : 4);
    return html`<div class="soft small" id="meaning">
        <p>${letters ? said.letters : said.continuation}</p>
        <p>${said.brackets}</p>
        ${this.scores.some(unsure) ? html`<p>${said.few}</p>` : null}
      </div>
      ${this.#helps(letters)}
      <table aria-describedby="meaning" role="table">
        <thead>
          <tr>
            <th scope="col">${said.trait}</th>
            ${headings.map(heading => html`<th scope="col">${said[heading]}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${this.scores.map(score => this.#row(score, headings))}
        </tbody>
      </table>`;
  }

  /** Not in the headings, which a narrow table has none of. */
  #helps(letters: boolean) {
    const { common, charts } = words;
    const said = charts.table;
    return html`<div class="helps soft small">
      <span>${said.weight} <ts-help of="weight"></ts-help></span>
      <span>${said.d} <ts-help of="d"></ts-help></span>
      <span>${common.interval} <ts-help of="interval"></ts-help></span>
      ${letters ? html`<span>${said.refusals} <ts-help of="refusal"></ts-help></span>` : null}
    </div>`;
  }

  // The roles are those of a table's parts, which some browsers take away from what is laid out in blocks.
  #row(score: Score, headings: (keyof Words['charts']['table'])[]) {
    const said = words.charts.table;
    const known = intervals(score);
    const signed = (ends: Interval) => words.wording.ends(format.signed(ends[0]), format.signed(ends[1]));
    const cells = [
      html`${format.decimal(score.score, 1)} <span>(${known.score ? format.range(known.score) : tooFew()})</span>`,
      html`${format.decimal(score.expected, 1)} <span>(${known.expected ? format.range(known.expected) : tooFew()})</span>`,
      html`${format.signed(score.d)} <span>(${known.d ? signed(known.d) : tooFew()})</span>`,
      score.items,
      score.refusals,
    ];
    return html`<tr role="row">
      <th scope="row" role="rowheader">${traitLabel(score.trait)}</th>
      ${headings.map((heading, index) => html`<td role="cell" class=${heading} data-heading=${said[heading]}>${cells[index]}</td>`)}
    </tr>`;
  }
}

function unsure(score: Score): boolean {
  return Object.values(intervals(score)).includes(null);
}

customElements.define('ts-score-table', ScoreTableElement);
