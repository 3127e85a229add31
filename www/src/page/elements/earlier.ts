import { css, html } from 'lit';
import { when } from '../facts';
import { plural } from '../format';
import { SessionElement, shared } from './base';

/** The results that are kept in this browser. */
export class EarlierElement extends SessionElement {
  static override styles = [
    shared,
    css`
      ul {
        list-style: none;
        margin: 0 0 0.75rem;
        padding: 0;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.4rem 1rem;
        border-block-end: 1px solid var(--line);
        padding-block: 0.6rem;
        overflow-wrap: anywhere;
      }
      li > span {
        flex: 1 1 14rem;
        min-inline-size: 0;
      }
    `,
  ];

  override render() {
    const { earlier, busy } = this.session;
    const { all } = earlier;
    if (all.length === 0) return null;
    return html`<details data-earlier=${all.length}>
      <summary>Kept in this browser: ${plural(all.length, 'result')}</summary>
      <ul>
        ${all.map(result => {
          const title = `${result.what}, ${result.model}, ${when(result)}`;
          return html`<li>
            <span>
              <strong>${result.what}</strong><br />
              <span class="soft small">${result.model} · ${when(result)}</span>
            </span>
            <button
              ?disabled=${busy}
              aria-label="${result.opens ? 'Open' : 'Save'}: ${title}"
              @click=${() => earlier.open(result)}
            >
              ${result.opens ? 'Open' : 'Save the file'}
            </button>
            <button aria-label="Delete: ${title}" @click=${() => earlier.remove([result.date])}>Delete</button>
          </li>`;
        })}
      </ul>
      <button @click=${() => earlier.remove(all.map(({ date }) => date))}>Delete all of them</button>
    </details>`;
  }
}

customElements.define('ts-earlier', EarlierElement);
