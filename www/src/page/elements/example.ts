import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { Item } from '../../types';
import { traitWithin } from '../wording';
import { shared } from './base';

/** One item as the model gets it, so that a reader knows what is asked. */
export class ExampleElement extends LitElement {
  static override properties = { item: { attribute: false }, spoken: {} };
  declare item: Item;
  /** The language of the item; empty where it is not known. */
  declare spoken: string;

  static override styles = [
    shared,
    css`
      blockquote {
        margin: 0.5rem 0;
        padding: 0.75rem 1rem;
        border-radius: 12px;
        background: var(--sunken);
      }
      .answers {
        margin-block-end: 0.9rem;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
        gap: 0.5rem 2rem;
      }
      ul {
        margin: 0.25rem 0 0;
        padding-inline-start: 1.1rem;
      }
    `,
  ];

  override render() {
    const { item } = this;
    const trait = traitWithin(item.personality);
    return html`<details>
      <summary>${words.test.example}</summary>
      <blockquote lang=${this.spoken} dir="auto">${item.situation} <strong>${item.query}</strong></blockquote>
      <div class="answers">
        ${this.#answers(words.test.answersHigh(trait), item.response_high1, item.response_high2)}
        ${this.#answers(words.test.answersLow(trait), item.response_low1, item.response_low2)}
      </div>
    </details>`;
  }

  #answers(heading: string, ...texts: string[]) {
    return html`<div>
      <h3>${heading}</h3>
      <ul lang=${this.spoken} dir="auto">
        ${texts.map(text => html`<li>${text}</li>`)}
      </ul>
    </div>`;
  }
}

customElements.define('ts-example', ExampleElement);
