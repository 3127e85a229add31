import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import type { Score } from '../../types';
import { extremes } from '../chart-words';
import * as format from '../format';
import { type Interval, intervals } from '../intervals';
import { poles, traitLabel } from '../wording';
import { shared } from './base';
import { barStyles, keyStyles } from './chart-parts';

/** Trait scores as bars from the middle, 50, where high and low answers balance; with 95% intervals. */
export class ScoreChartElement extends LitElement {
  static override properties = { scores: { attribute: false } };
  declare scores: Score[];

  static override styles = [
    shared,
    barStyles,
    keyStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .grid {
        display: grid;
        grid-template-columns: minmax(10.5rem, 2fr) minmax(0, 3fr) 3rem;
        column-gap: 1rem;
        align-items: center;
      }
      .trait {
        padding-block: 0.45rem;
      }
      .trait strong {
        display: block;
        line-height: 1.3;
      }
      .trait span {
        display: block;
        font-size: 0.82rem;
        line-height: 1.3;
        color: var(--ink-soft);
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 2.1rem;
        overflow: visible;
      }
      .bar {
        fill: var(--bar);
      }
      .middle {
        stroke: var(--line-strong);
        stroke-width: 1;
      }
      .expected {
        stroke: var(--ink);
        stroke-width: 2;
      }
      .value {
        text-align: end;
        font-weight: 700;
        font-size: 1.1rem;
      }
      .axis {
        display: flex;
        justify-content: space-between;
        font-size: 0.82rem;
        line-height: 1.3;
        color: var(--ink-soft);
        padding-block-start: 0.2rem;
      }
      .axis span:nth-child(2) {
        text-align: center;
      }
      .axis span:last-child {
        text-align: end;
      }
      .key {
        margin-block-start: 0.75rem;
      }
      .key svg {
        inline-size: 1.6rem;
        block-size: 1rem;
        flex: none;
      }
      @container (max-width: 25rem) {
        .grid {
          grid-template-columns: minmax(0, 1fr) 2.6rem;
          column-gap: 0.75rem;
        }
        .trait {
          grid-column: 1 / -1;
          padding-block: 0.7rem 0.15rem;
        }
        .axis-gap {
          display: none;
        }
      }
      /* A sheet of paper holds a whole report. */
      @media print {
        .grid {
          grid-template-columns: 24rem minmax(0, 1fr) 3rem;
        }
        .trait {
          padding-block: 0;
        }
        .trait strong,
        .trait span {
          display: inline;
        }
        .grid svg {
          block-size: 1.6rem;
        }
        .key {
          margin-block-start: 0.3rem;
        }
      }
    `,
  ];

  override render() {
    const said = words.charts.bars;
    const found = extremes(
      this.scores.map(({ trait, score }) => ({ name: traitLabel(trait), value: score })),
      format.score,
    );
    return html`<div class="grid" role="list" aria-label=${said.label(found)}>
        ${this.scores.map(score => this.#row(score))}
        <span class="axis-gap" aria-hidden="true"></span>
        <div class="axis" aria-hidden="true">
          <span>0<br />${said.low}</span><span>50<br />${said.middle}</span><span>100<br />${said.top}</span>
        </div>
      </div>
      <div class="key" aria-hidden="true">
        <span>
          <svg>${svg`<line class="whisker" x1="0" x2="100%" y1="50%" y2="50%" /><circle class="point" cx="50%" cy="50%" r="6" />`}</svg>
          ${said.score}
        </span>
        <span>
          <svg>${svg`<line class="expected" x1="50%" x2="50%" y1="0" y2="100%" />`}</svg>
          ${said.weight}
        </span>
      </div>`;
  }

  #row(score: Score) {
    const said = words.charts.bars;
    const trait = traitLabel(score.trait);
    const ends = poles(score.trait);
    const interval = intervals(score).score;
    const sure = interval ? said.interval(format.range(interval)) : said.tooFew;
    const label = said.row(trait, format.score(score.score), sure, format.score(score.expected));
    return html`<div class="row-group visually-hidden" role="listitem">${label}</div>
      <div class="trait" aria-hidden="true">
        <strong>${trait}</strong>
        ${ends ? html`<span>${said.high(ends.high)}</span>` : null}
        ${interval ? null : html`<span>${said.tooFew}</span>`}
      </div>
      ${bar(score, interval)}
      <div class="value num" aria-hidden="true">${format.score(score.score)}</div>`;
  }
}

function bar({ score, expected }: Score, interval: Interval | null) {
  return html`<svg aria-hidden="true" data-score=${score}>
    ${svg`
      <rect class="track" x="0" y="35%" width="100%" height="30%" rx="4" />
      <rect class="bar" x="${Math.min(50, score)}%" y="20%" width="${Math.abs(score - 50)}%" height="60%" rx="3" />
      <line class="middle" x1="50%" x2="50%" y1="0" y2="100%" />
      <line class="expected" x1="${expected}%" x2="${expected}%" y1="10%" y2="90%" />
      ${interval ? whisker(interval) : null}
      <circle class="point" cx="${score}%" cy="50%" r="7" />
    `}
  </svg>`;
}

function whisker([low, high]: Interval) {
  return svg`
    <line class="whisker" x1="${low}%" x2="${high}%" y1="50%" y2="50%" />
    <line class="whisker" x1="${low}%" x2="${low}%" y1="36%" y2="64%" />
    <line class="whisker" x1="${high}%" x2="${high}%" y1="36%" y2="64%" />
  `;
}

customElements.define('ts-score-chart', ScoreChartElement);
