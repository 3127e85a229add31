import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import type { CorrectedScore, LetterPrior, LetterReport, Sensitivity } from '../../types';
import * as format from '../format';
import { changesLine, priorsLine } from '../steadiness';
import { traitLabel } from '../wording';
import { shared } from './base';
import './chart-actions';
import './help';
import './notice';
import { tableStyles } from './study-parts';

const LETTERS = ['A', 'B', 'C', 'D'];

/** How the letters were used: the habit of answering one letter, and how much went to letters at all. */
export class LettersPanelElement extends LitElement {
  static override properties = {
    report: { attribute: false },
    factual: { attribute: false },
    relabelled: { attribute: false },
    sensitivities: { attribute: false },
    priors: { attribute: false },
    corrected: { attribute: false },
    source: { attribute: false },
  };
  declare report: LetterReport;
  /** Whether the report is of the factual questions, not of the items. */
  declare factual: boolean;
  /** Whether numbers stood in the place of letters in some questions. */
  declare relabelled: string[];
  declare sensitivities: Sensitivity[];
  /** The liking for each letter as such, under each template. */
  declare priors: LetterPrior[];
  /** Scores without that liking. */
  declare corrected: CorrectedScore[];
  /** What a saved picture says of where it is from. */
  declare source: { model: string; date: string };

  static override styles = [
    shared,
    tableStyles,
    css`
      .grid {
        display: grid;
        grid-template-columns: 1.2rem minmax(0, 1fr) 7.5rem;
        gap: 0.35rem 0.75rem;
        align-items: center;
        margin-block: 0.5rem 0.75rem;
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 1.3rem;
      }
      .track {
        fill: var(--sunken);
      }
      .share {
        fill: var(--bar);
      }
      .even {
        stroke: var(--ink);
        stroke-width: 2;
        stroke-dasharray: 3 3;
      }
      table {
        min-inline-size: 0;
      }
      .stack > * + * {
        margin-block-start: 0.6rem;
      }
    `,
  ];

  override render() {
    const { histogram, locked, option_mass } = this.report;
    const total = histogram.reduce((sum, count) => sum + count, 0);
    const shares = histogram.map(count => (total > 0 ? count / total : 0));
    const changes = changesLine(this.sensitivities);
    const priors = priorsLine(this.priors);
    const said = words.steadiness.letters;
    const heading = this.factual ? said.factual : said.heading;
    return html`<div class="stack">
      <h3>${heading} <ts-help of="liking"></ts-help></h3>
      <ts-chart-actions label=${heading} model=${this.source.model} .date=${this.source.date}>
        <div class="grid" role="img" aria-label=${said.words(shares.map((share, i) => `${LETTERS[i]} ${format.percent(share)}`))}>
          ${histogram.map((count, index) => {
            const share = shares[index] ?? 0;
            return html`<strong>${LETTERS[index]}</strong>
              <svg aria-hidden="true">
                ${svg`
                  <rect class="track" width="100%" height="100%" rx="4" />
                  <rect class="share" width="${100 * share}%" height="100%" rx="4" />
                  <line class="even" x1="25%" x2="25%" y1="0" y2="100%" />
                `}
              </svg>
              <span class="num small">${said.times(format.percent(share), count)}</span>`;
          })}
        </div>
      </ts-chart-actions>
      ${this.#table(heading, shares)}
      <p class="small soft">
        ${said.even}
        ${this.factual || this.relabelled.length === 0 ? null : said.relabelled(format.listed(this.relabelled), this.relabelled.length)}
      </p>
      ${locked ? html`<ts-notice kind="warn">${said.locked}</ts-notice>` : null}
      <p>
        ${said.mass(format.percent(option_mass))}
        ${option_mass < 0.25 ? said.noAnswer : ''} <ts-help of="mass"></ts-help>
      </p>
      ${
        priors
          ? html`<p>
              ${priors}
              ${
                this.corrected.length > 0
                  ? said.corrected(
                      format.listed(
                        this.corrected.map(({ trait, expected }) =>
                          said.correctedOf(format.score(expected), traitLabel(trait)),
                        ),
                      ),
                    )
                  : null
              }
            </p>`
          : null
      }
      ${changes ? html`<p>${changes} <ts-help of="changes"></ts-help></p>` : null}
    </div>`;
  }

  #table(heading: string, shares: number[]) {
    const { table, columns } = words.steadiness.letters;
    return html`<details>
      <summary>${table}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${heading}>
        <table class="num">
          <thead>
            <tr><th scope="col">${columns.letter}</th><th scope="col">${columns.share}</th><th scope="col">${columns.count}</th></tr>
          </thead>
          <tbody>
            ${this.report.histogram.map(
              (count, i) => html`<tr>
                <th scope="row">${LETTERS[i]}</th><td>${format.percent(shares[i] ?? 0)}</td><td>${count}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }
}

customElements.define('ts-letters-panel', LettersPanelElement);
