import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import { shared } from './base';

/** What the numbers on this page are good for. */
export class LimitsElement extends LitElement {
  static override styles = [
    shared,
    css`
      aside {
        border-radius: 16px;
        background: var(--sunken);
        padding: clamp(1.1rem, 4vw, 1.9rem);
      }
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
        gap: 0.75rem 2rem;
        margin-block-start: 0.9rem;
      }
      ul {
        margin: 0.35rem 0 0;
        padding-inline-start: 1.1rem;
      }
      li + li {
        margin-block-start: 0.35rem;
      }
    `,
  ];

  override render() {
    const { heading, canHeading, cannotHeading, can, cannot } = words.places.limits;
    return html`<aside aria-labelledby="heading">
      <h2 id="heading">${heading}</h2>
      <div class="columns">
        <div>
          <h3>${canHeading}</h3>
          <ul>${can.map(line => html`<li>${line}</li>`)}</ul>
        </div>
        <div>
          <h3>${cannotHeading}</h3>
          <ul>${cannot.map(line => html`<li>${line}</li>`)}</ul>
        </div>
      </div>
    </aside>`;
  }
}

customElements.define('ts-limits', LimitsElement);
