import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import { signed } from '../format';
import { traitName } from '../wording';
import type { LayerMap } from '../written';
import { shared } from './base';
import { tableStyles } from './study-parts';

/** The cells of a map of layers as a table. There are thousands: it is made when it is opened. */
export class LayerTableElement extends LitElement {
  static override properties = { map: { attribute: false }, open: { state: true } };
  declare map: LayerMap;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  static override styles = [
    shared,
    tableStyles,
    css`
      .scroll {
        max-block-size: 30rem;
        overflow-y: auto;
      }
      td,
      thead th {
        white-space: nowrap;
        text-align: end;
      }
      thead th:first-child {
        text-align: start;
      }
      /* Wider than paper, which has the means. */
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  override render() {
    return html`<details
      @toggle=${(event: Event) => {
        this.open = (event.target as HTMLDetailsElement).open;
      }}
    >
      <summary>${words.steer.map.every}</summary>
      ${this.open ? this.#table() : null}
    </details>`;
  }

  #table() {
    const { trait, layers, z, pieces, from } = this.map;
    const { map: said, twins, token } = words.steer;
    const tokens = Array.from({ length: z[0]?.length ?? 0 }, (_, i) => i);
    const part = (name: string, own: number[]) => html`<tbody>
      <tr><th scope="rowgroup" colspan=${layers.length + 1}>${name}</th></tr>
      ${own.map(
        i => html`<tr>
          <th scope="row">${said.token(i + 1, pieces[i]?.trim() || '⏎')}</th>
          ${layers.map((_, layer) => {
            const value = z[layer]?.[i];
            // The first token is not read.
            return html`<td>${i === 0 || value === undefined ? token.notRead : signed(value)}</td>`;
          })}
        </tr>`,
      )}
    </tbody>`;
    const caption = said.everyCell(traitName(trait));
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${caption}>
      <table class="num">
        <caption>${caption}</caption>
        <thead>
          <tr><th scope="col">${twins.number}</th>${layers.map(layer => html`<th scope="col">${said.atLayer(layer)}</th>`)}</tr>
        </thead>
        ${part(said.prompt, tokens.slice(0, from))} ${part(said.answer, tokens.slice(from))}
      </table>
    </div>`;
  }
}

customElements.define('ts-layer-table', LayerTableElement);
