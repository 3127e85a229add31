import { css, html, LitElement } from 'lit';
import type { Score } from '../../types';
import * as format from '../format';
import { type Interval, intervals, TOO_FEW } from '../intervals';
import { shared } from './base';

const LETTERS_MEANING =
  'Score: share of items where a high answer wins over both orders. Weight: average probability of the high answers. d: preference for the high answers.';
const CONTINUATION_MEANING =
  'Score: share of items where a high answer is the most likely one per token (a word or a piece of one). Weight: average probability of the high answers. d: mean log-probability per token, high minus low.';
const FEW_MEANING =
  'Too few items: fewer than five may agree by luck, and an interval from them would look surer than it is.';

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
      @media print {
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
        td[data-heading="Items"] {
          grid-area: 1 / 3;
          padding: 0;
        }
        td[data-heading="Items"]::before,
        td[data-heading="Refusals"]::before {
          display: inline;
          content: attr(data-heading) ": ";
        }
      }
    `,
  ];

  override render() {
    const letters = this.scores.some(score => score.readout === 'letters');
    const headings = ['Score', 'Weight', 'd', 'Items', ...(letters ? ['Refusals'] : [])];
    return html`<div class="soft small" id="meaning">
        <p>${letters ? LETTERS_MEANING : CONTINUATION_MEANING}</p>
        <p>In brackets: the 95% interval, how far a figure might change with other items of the kind.</p>
        ${this.scores.some(unsure) ? html`<p>${FEW_MEANING}</p>` : null}
      </div>
      <table aria-describedby="meaning" role="table">
        <thead>
          <tr>
            <th scope="col">Trait</th>
            ${headings.map(heading => html`<th scope="col">${heading}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${this.scores.map(score => this.#row(score, headings))}
        </tbody>
      </table>`;
  }

  // The roles are those of a table's parts, which some browsers take away from what is laid out in blocks.
  #row(score: Score, headings: string[]) {
    const known = intervals(score);
    const signed = (ends: Interval) => ends.map(end => format.signed(end)).join(' to ');
    const cells = [
      html`${score.score.toFixed(1)} <span>(${known.score ? format.range(known.score) : TOO_FEW})</span>`,
      html`${score.expected.toFixed(1)} <span>(${known.expected ? format.range(known.expected) : TOO_FEW})</span>`,
      html`${format.signed(score.d)} <span>(${known.d ? signed(known.d) : TOO_FEW})</span>`,
      score.items,
      score.refusals,
    ];
    return html`<tr role="row">
      <th scope="row" role="rowheader">${score.trait}</th>
      ${headings.map((heading, index) => html`<td role="cell" data-heading=${heading}>${cells[index]}</td>`)}
    </tr>`;
  }
}

function unsure(score: Score): boolean {
  return Object.values(intervals(score)).includes(null);
}

customElements.define('ts-score-table', ScoreTableElement);
