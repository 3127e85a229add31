import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import { shared } from './base';

/** Bars and a radar of the same scores: side by side where there is room, as on paper; else the radar, which adds least, is folded. */
export class BesideRadarElement extends LitElement {
  #wide = matchMedia('print, (min-width: 56rem)');
  #follow = () => this.requestUpdate();

  static override styles = [
    shared,
    css`
      .wide {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 20rem);
        gap: 1.5rem;
      }
      .wide > :last-child {
        position: sticky;
        inset-block-start: 1rem;
        align-self: start;
      }
      details {
        margin-block-start: 0.75rem;
      }
      /* A report fits one page of paper. */
      @media print {
        .wide {
          grid-template-columns: minmax(0, 1fr) minmax(0, 15rem);
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#wide.addEventListener('change', this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#wide.removeEventListener('change', this.#follow);
  }

  override render() {
    const radar = html`<slot name="radar"></slot>`;
    return this.#wide.matches
      ? html`<div class="wide"><div><slot></slot></div><div>${radar}</div></div>`
      : html`<slot></slot><details><summary>${words.charts.radar.beside}</summary>${radar}</details>`;
  }
}

customElements.define('ts-beside-radar', BesideRadarElement);
