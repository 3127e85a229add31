import { css, html, LitElement } from 'lit';
import { type Words, words } from '../../i18n';
import { shared } from './base';

/** A word of the page that is explained on a press, in one sentence and in more. */
export class HelpElement extends LitElement {
  static override properties = { of: {}, open: { state: true } };
  declare of: keyof Words['glossary']['entries'];
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: inline;
      }
      button {
        inline-size: 1.5rem;
        min-height: 1.5rem;
        padding: 0;
        border-radius: 50%;
        font-size: 0.8rem;
        line-height: 1;
        vertical-align: 0.1em;
      }
      .box {
        display: block;
        margin-block: 0.35rem;
        padding: 0.6rem 0.9rem;
        border-radius: 10px;
        background: var(--sunken);
        color: var(--ink);
        font-size: 0.9rem;
        font-weight: 400;
        line-height: 1.5;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  override render() {
    const { glossary } = words;
    const { term, short, more } = glossary.entries[this.of];
    return html`<button
        aria-label=${glossary.help(term)}
        aria-expanded=${this.open}
        aria-controls="box"
        @click=${() => {
          this.open = !this.open;
        }}
      >
        ?
      </button>
      <span id="box" class=${this.open ? 'box' : ''} ?hidden=${!this.open}>${this.open ? html`<strong>${short}</strong> ${more}` : null}</span>`;
  }
}

customElements.define('ts-help', HelpElement);
