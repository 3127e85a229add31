import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import { extremes } from '../chart-words';
import { intervalOf, type Shift } from '../comparison';
import { signed } from '../format';
import { traitLabel } from '../wording';
import { shared } from './base';
import { barStyles } from './chart-parts';

/** Differences as points beside a line at zero, with 95% intervals. */
export class DifferenceChartElement extends LitElement {
  static override properties = { changes: { attribute: false }, unit: {}, none: {} };
  declare changes: Shift[];
  /** What the differences are counted in. */
  declare unit: string;
  /** What stands for an interval that is not shown; too few items unless it says otherwise. */
  declare none: string | null;

  constructor() {
    super();
    this.none = null;
  }

  static override styles = [
    shared,
    barStyles,
    css`
      .grid {
        display: grid;
        grid-template-columns: minmax(8rem, 13rem) minmax(0, 1fr) 4rem;
        column-gap: 1rem;
        align-items: center;
      }
      .scale {
        padding-block: 0.35rem;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 1.9rem;
        overflow: visible;
      }
      .zero {
        stroke: var(--ink);
        stroke-width: 1.5;
      }
      .value {
        text-align: end;
        font-weight: 700;
      }
      .axis {
        grid-column: 2;
        display: grid;
        grid-template-columns: 1fr auto 1fr;
        gap: 0.5rem;
        font-size: 0.82rem;
        color: var(--ink-soft);
      }
      .axis span:last-child {
        text-align: end;
      }
      @media (max-width: 36rem) {
        .grid {
          grid-template-columns: minmax(0, 1fr) 3.6rem;
          column-gap: 0.75rem;
        }
        .scale {
          grid-column: 1 / -1;
          padding-block: 0.6rem 0.1rem;
        }
        .axis {
          grid-column: 1;
        }
      }
    `,
  ];

  override render() {
    const ends = this.changes.flatMap(({ difference: { value, low, high } }) => [value, low ?? 0, high ?? 0]);
    const most = Math.max(0.1, ...ends.map(Math.abs)) * 1.05;
    const found = extremes(
      this.changes.map(({ scale, difference }) => ({ name: traitLabel(scale), value: difference.value })),
      value => signed(value),
    );
    const said = words.studyCharts.difference;
    return html`<div class="grid" role="list" aria-label=${said.words(this.unit, found)}>
      ${this.changes.map(change => this.#row(change, most))}
      <div class="axis" aria-hidden="true">
        <span>${signed(-most, 1)}<br />${said.lower}</span><span>0</span><span>${signed(most, 1)}<br />${said.higher}</span>
      </div>
    </div>`;
  }

  #row({ scale, difference, paired }: Shift, most: number) {
    const x = (value: number) => `${50 + (50 * value) / most}%`;
    const interval = intervalOf(difference, paired);
    const said = words.studyCharts.difference;
    const name = traitLabel(scale);
    const sure = interval
      ? said.interval(signed(interval[0]), signed(interval[1]))
      : said.none(this.none ?? said.few);
    return html`<div class="visually-hidden" role="listitem">${said.row(name, signed(difference.value), this.unit, sure)}</div>
      <div class="scale" aria-hidden="true">${name}</div>
      <svg aria-hidden="true" data-difference=${difference.value}>
        ${svg`
          <rect class="track" x="0" y="38%" width="100%" height="24%" rx="4" />
          <line class="zero" x1="50%" x2="50%" y1="0" y2="100%" />
          ${interval ? svg`<line class="whisker" x1="${x(interval[0])}" x2="${x(interval[1])}" y1="50%" y2="50%" />` : null}
          <circle class="point" cx="${x(difference.value)}" cy="50%" r="6" />
        `}
      </svg>
      <div class="value num" aria-hidden="true">${signed(difference.value)}</div>`;
  }
}

customElements.define('ts-difference-chart', DifferenceChartElement);
