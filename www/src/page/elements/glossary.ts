import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import { shared } from './base';

/** What the page's words and measures mean. */
export class GlossaryElement extends LitElement {
  static override styles = [
    shared,
    css`
      details {
        border-block-end: 1px solid var(--line);
        padding-block: 0.4rem;
      }
      details > summary {
        color: var(--ink);
        font-weight: 400;
        inline-size: auto;
      }
      summary strong {
        color: var(--accent-strong);
      }
      details p {
        padding: 0.25rem 0 0.35rem 1.1rem;
        color: var(--ink-soft);
      }
    `,
  ];

  override render() {
    const { glossary } = words;
    const entries = Object.entries(glossary.entries);
    return html`<p class="soft">${glossary.what}</p>
      ${entries.map(
        ([id, { term, short, more }]) => html`<details data-term=${id}>
          <summary><strong>${term}.</strong> ${short}</summary>
          <p>${more}</p>
        </details>`,
      )}`;
  }
}

customElements.define('ts-glossary', GlossaryElement);
