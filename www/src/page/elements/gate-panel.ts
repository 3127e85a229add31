import { css, html, LitElement, svg } from 'lit';
import { words } from '../../i18n/all';
import { decides } from '../../lib/merge';
import type { GateResult } from '../../types';
import { percent } from '../format';
import { gateLine, RATING_MEANINGS, READOUT_MEANINGS, READOUT_NAMES, statementGateLine } from '../wording';
import { shared } from './base';
import './help';
import { tableStyles } from './study-parts';

/** Whether each read-out works with this model: its factual questions, against guessing. */
export class GatePanelElement extends LitElement {
  static override properties = { gate: { attribute: false }, statements: { type: Boolean } };
  declare gate: GateResult[];
  /** Whether pairs of statements were rated, and not questions answered. */
  declare statements: boolean;

  constructor() {
    super();
    this.statements = false;
  }

  static override styles = [
    shared,
    tableStyles,
    css`
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
        gap: 0.9rem;
      }
      .card {
        border: 1px solid var(--line);
        border-radius: 12px;
        padding: 0.9rem 1rem;
      }
      .head {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 0.75rem;
      }
      .line {
        margin-block-start: 0.5rem;
      }
      .verdict {
        border-radius: 99px;
        padding: 0.1rem 0.7rem;
        font-size: 0.85rem;
        font-weight: 700;
        white-space: nowrap;
      }
      .yes {
        background: var(--good-soft);
        color: var(--good);
      }
      .no {
        background: var(--warn-soft);
        color: var(--warn);
      }
      .unknown {
        background: var(--sunken);
        color: var(--ink-soft);
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 1.6rem;
        overflow: visible;
        margin-block: 0.5rem 0.35rem;
      }
      .track {
        fill: var(--sunken);
      }
      .share {
        fill: var(--bar);
      }
      .chance {
        stroke: var(--ink);
        stroke-width: 2;
        stroke-dasharray: 3 3;
      }
      .whisker {
        stroke: var(--ink);
        stroke-width: 2;
      }
    `,
  ];

  override render() {
    return html`<div class="cards">${this.gate.map(result => this.#card(result))}</div>
      ${this.#table()}`;
  }

  #table() {
    const { table } = words.gate;
    return html`<details>
      <summary>${table.summary}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${table.caption}>
        <table class="num">
          <caption>${table.caption} <ts-help of="gate"></ts-help></caption>
          <thead>
            <tr>${Object.values(table.columns).map(name => html`<th scope="col">${name}</th>`)}</tr>
          </thead>
          <tbody>
            ${this.gate.map(
              ({ readout, right, questions, rate, low, high, chance }) => html`<tr>
                <th scope="row">${READOUT_NAMES[readout]}</th><td>${right}</td><td>${questions}</td><td>${percent(rate)}</td>
                <td>${words.common.range(percent(low), percent(high))}</td><td>${percent(chance)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  #verdict(result: GateResult) {
    const { passes, questions, asked } = result;
    if (!decides(result)) {
      return html`<span class="verdict unknown">${questions < asked ? words.gate.notFinished : words.gate.tooFew}</span>`;
    }
    return html`<span class="verdict ${passes ? 'yes' : 'no'}">${passes ? words.gate.works : words.gate.fails}</span>`;
  }

  #card(result: GateResult) {
    const x = (share: number) => `${100 * share}%`;
    const { rate, low, high, chance } = result;
    const label = words.gate.label(percent(rate), percent(low), percent(high), percent(chance));
    return html`<div class="card" data-gate=${result.readout} data-passes=${String(result.passes)}>
      <div class="head">
        <h3>${READOUT_NAMES[result.readout]}</h3>
        ${this.#verdict(result)}
      </div>
      <p class="soft small">${(this.statements ? RATING_MEANINGS : READOUT_MEANINGS)[result.readout]}</p>
      <svg role="img" aria-label=${label}>
        ${svg`
          <rect class="track" x="0" y="25%" width="100%" height="50%" rx="4" />
          <rect class="share" x="0" y="25%" width="${x(result.rate)}" height="50%" rx="4" />
          <line class="whisker" x1="${x(result.low)}" x2="${x(result.high)}" y1="50%" y2="50%" />
          <line class="chance" x1="${x(result.chance)}" x2="${x(result.chance)}" y1="0" y2="100%" />
        `}
      </svg>
      <p class="soft small">${words.gate.scale}</p>
      <p class="line">${this.statements ? statementGateLine(result) : gateLine(result)}</p>
    </div>`;
  }
}

customElements.define('ts-gate-panel', GatePanelElement);
