import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { when } from '../facts';
import { titleOf } from '../saved';
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
    const said = words.kept;
    if (all.length === 0) return null;
    return html`<details data-earlier=${all.length}>
      <summary>${said.summary(all.length)}</summary>
      <ul>
        ${all.map(result => {
          const what = titleOf(result);
          const title = said.title(what, result.model, when(result));
          return html`<li>
            <span>
              <strong>${what}</strong><br />
              <span class="soft small">${said.source(result.model, when(result))}</span>
            </span>
            <button
              ?disabled=${busy}
              aria-label=${result.opens ? said.openOf(title) : said.saveOf(title)}
              @click=${() => earlier.open(result)}
            >
              ${result.opens ? said.open : said.save}
            </button>
            <button aria-label=${said.deleteOf(title)} @click=${() => earlier.remove([result.id])}>${said.delete}</button>
          </li>`;
        })}
      </ul>
      <button @click=${() => earlier.remove(all.map(({ id }) => id))}>${said.deleteAll}</button>
    </details>`;
  }
}

customElements.define('ts-earlier', EarlierElement);
