import { css, html, LitElement } from 'lit';
import { CAN, CANNOT } from '../limits';
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
    return html`<aside aria-labelledby="heading">
      <h2 id="heading">What this can and cannot tell you</h2>
      <div class="columns">
        <div>
          <h3>It can</h3>
          <ul>${CAN.map(line => html`<li>${line}</li>`)}</ul>
        </div>
        <div>
          <h3>It cannot</h3>
          <ul>${CANNOT.map(line => html`<li>${line}</li>`)}</ul>
        </div>
      </div>
    </aside>`;
  }
}

customElements.define('ts-limits', LimitsElement);
