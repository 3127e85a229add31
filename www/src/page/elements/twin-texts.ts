import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { Dial } from '../dials';
import { signed } from '../format';
import { traitName, traitWithin } from '../wording';
import type { Written } from '../written';
import { shared } from './base';
import './chart-actions';
import './help';
import './token-text';
import './trace-chart';

/** A text grows in place while it is written. */
const growing = { attribute: false, hasChanged: () => true };

/** A text and its steered twin: coloured by a meter, as a line over the tokens, and as a table. */
export class TwinTextsElement extends LitElement {
  static override properties = {
    unsteered: growing,
    steered: growing,
    dials: { attribute: false },
    layers: { attribute: false },
    writing: { attribute: false },
    model: {},
    date: {},
    shown: { state: true },
  };
  declare unsteered: Written | null;
  declare steered: Written | null;
  /** The dials that the twin was written with; each has a meter. */
  declare dials: Dial[];
  /** The layer of each meter. */
  declare layers: number[];
  /** Which of the two is being written. */
  declare writing: 'unsteered' | 'steered' | null;
  /** Of which model they are, and since when where that is not now. */
  declare model: string;
  declare date: string | undefined;
  /** The meter that colours the texts. */
  declare shown: number;

  constructor() {
    super();
    this.writing = null;
    this.shown = 0;
  }

  static override styles = [
    shared,
    css`
      :host > * + * {
        margin-block-start: 1.25rem;
      }
      label {
        font-weight: 600;
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
      }
      th,
      td {
        padding: 0.15rem 0.9rem 0.15rem 0;
        text-align: start;
      }
      .texts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
        gap: 1rem;
      }
      .texts > div {
        border: 1px solid var(--line);
        border-radius: 12px;
        padding: 0.75rem 0.9rem;
      }
      .colours {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 1rem;
      }
      .colours label {
        margin: 0;
      }
      .swatch {
        display: inline-block;
        padding: 0 0.5em;
        border-radius: 4px;
        print-color-adjust: exact;
        -webkit-print-color-adjust: exact;
      }
      .below {
        background: var(--below-3);
        text-decoration: underline;
        text-decoration-thickness: 1px;
        text-decoration-color: var(--ink-soft);
        text-underline-offset: 0.22em;
      }
      .above {
        background: var(--above-3);
      }
    `,
  ];

  override render() {
    const { dials } = this;
    const shown = this.shown < dials.length ? this.shown : 0;
    const trait = dials[shown]?.trait ?? '';
    const traces = (['unsteered', 'steered'] as const).flatMap(name => {
      const values = this[name]?.tokens.flatMap(({ z }) => z[shown] ?? []) ?? [];
      return values.length > 0 ? [{ name, values }] : [];
    });
    const { twins } = words.steer;
    const pushes = dials.map(dial => `${traitName(dial.trait)} ${signed(dial.dose)}`);
    return html`<div class="texts">
        ${this.#text(twins.unsteered, 'unsteered', shown)} ${this.#text(pushes.join(', '), 'steered', shown)}
      </div>
      <div class="colours small">
        ${
          dials.length > 1
            ? html`<label>${twins.colouredBy(html`<select @change=${this.#choose}>
                  ${dials.map((dial, i) => html`<option value=${i} ?selected=${i === shown}>${traitName(dial.trait)}</option>`)}
                </select>`)}</label>`
            : html`<span>${twins.coloured(traitWithin(trait), this.layers[shown])}</span>`
        }
        <span>${twins.colours(
          html`<span class="swatch below">${twins.less}</span>`,
          html`<span class="swatch above">${twins.more}</span>`,
        )}</span>
      </div>
      <p class="soft small">${twins.pushTakenOut} <ts-help of="meter"></ts-help></p>
      ${
        traces.length > 0
          ? html`<ts-chart-actions label=${twins.chart(traitName(trait))} model=${this.model} .date=${this.date}>
              <ts-trace-chart .traces=${traces} trait=${traitName(trait)}></ts-trace-chart>
            </ts-chart-actions>`
          : null
      }
      ${this.#table(shown)}`;
  }

  #text(heading: string, side: 'unsteered' | 'steered', shown: number) {
    const written = this[side];
    const { twins } = words.steer;
    const busy = this.writing === side && !written?.stop;
    return html`<div data-text=${side} data-done=${String(written?.stop ?? '')}>
      <h3>${heading}</h3>
      <ts-token-text .tokens=${written?.tokens ?? []} .meter=${shown} ?busy=${busy} label=${twins.answer(heading)}></ts-token-text>
      ${written?.stop === 'cancelled' ? html`<p class="soft small">${twins.stopped}</p>` : null}
    </div>`;
  }

  #table(shown: number) {
    const sides = [this.unsteered, this.steered].filter(side => side?.stop);
    if (sides.length === 0) return null;
    const cell = (side: Written | null, i: number) => {
      const token = side?.tokens[i];
      const z = token?.z[shown];
      return html`<td>${token?.text.trim() ?? ''}</td><td>${z === undefined ? '' : signed(z, 1)}</td>`;
    };
    const { twins } = words.steer;
    const rows = Math.max(...sides.map(side => side?.tokens.length ?? 0));
    return html`<details>
      <summary>${twins.table}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${twins.table}>
        <table class="num small">
          <thead>
            <tr><th scope="col">${twins.number}</th><th scope="col">${twins.unsteered}</th><th scope="col">z</th><th scope="col">${twins.steered}</th><th scope="col">z</th></tr>
          </thead>
          <tbody>
            ${Array.from({ length: rows }, (_, i) => html`<tr><th scope="row">${i + 1}</th>${cell(this.unsteered, i)}${cell(this.steered, i)}</tr>`)}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  #choose = (event: Event) => {
    this.shown = Number((event.target as HTMLSelectElement).value);
    this.dispatchEvent(new CustomEvent('meter', { detail: this.dials[this.shown]?.trait }));
  };
}

customElements.define('ts-twin-texts', TwinTextsElement);
