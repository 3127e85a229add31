import { css, html, LitElement } from 'lit';
import type { Score } from '../../types';
import * as format from '../format';
import { shared } from './base';

/** The same scores as numbers. */
export class ScoreTableElement extends LitElement {
  static override properties = { scores: { attribute: false } };
  declare scores: Score[];

  static override styles = [
    shared,
    css`
      /* A shadow at the edge behind which there is more; at the end of the table its own paint covers it. */
      .scroll {
        overflow-x: auto;
        margin-block-start: 0.5rem;
        background:
          linear-gradient(to left, var(--surface) 40%, transparent) right / 2rem 100% no-repeat local,
          linear-gradient(to left, var(--line), transparent) right / 0.9rem 100% no-repeat scroll;
      }
      table {
        border-collapse: collapse;
        inline-size: 100%;
        font-size: 0.92rem;
      }
      th,
      td {
        text-align: end;
        padding: 0.4rem 0.6rem;
        border-block-end: 1px solid var(--line);
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      th:first-child {
        text-align: start;
        padding-inline-start: 0;
      }
      thead th {
        color: var(--ink-soft);
        font-weight: 600;
        vertical-align: bottom;
      }
      tbody th {
        font-weight: 600;
      }
      tbody th,
      thead th:first-child {
        position: sticky;
        inset-inline-start: 0;
        background: var(--surface);
      }
    `,
  ];

  override render() {
    const letters = this.scores.some(score => score.readout === 'letters');
    return html`<p class="soft small" id="meaning">
        ${
          letters
            ? 'Score: share of items where a high answer wins over both orders. Weight: average probability of the high answers. d: preference for the high answers.'
            : 'Score: share of items where a high answer is the most likely one, word for word. Weight: average probability of the high answers. d: mean log-probability per token, high minus low.'
        }
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Scores as a table">
      <table aria-describedby="meaning">
        <thead>
          <tr>
            <th scope="col">Trait</th>
            <th scope="col">Items</th>
            <th scope="col">Score</th>
            <th scope="col">95%</th>
            <th scope="col">Weight</th>
            <th scope="col">95%</th>
            <th scope="col">d</th>
            <th scope="col">95%</th>
            ${letters ? html`<th scope="col">Refusals</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${this.scores.map(
            score =>
              html`<tr>
                <th scope="row">${score.trait}</th>
                <td>${score.items}</td>
                <td>${score.score.toFixed(1)}</td>
                <td>${format.score(score.low)} to ${format.score(score.high)}</td>
                <td>${score.expected.toFixed(1)}</td>
                <td>${format.score(score.expected_low)} to ${format.score(score.expected_high)}</td>
                <td>${format.signed(score.d)}</td>
                <td>${format.signed(score.d_low)} to ${format.signed(score.d_high)}</td>
                ${letters ? html`<td>${score.refusals}</td>` : null}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define('ts-score-table', ScoreTableElement);
