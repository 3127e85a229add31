import { css, html, LitElement } from 'lit';
import { language, words } from '../../i18n/all';
import { type RequestMade, requests } from '../../lib/requests';
import { bytes } from '../format';
import { shared } from './base';

/** The page's own log of its requests: to whom, for what, when. */
export class RequestsElement extends LitElement {
  static override properties = { since: { attribute: false } };
  /** When the model was ready, in milliseconds since 1970; null before. */
  declare since: number | null;

  static override styles = [
    shared,
    css`
      .scroll {
        max-block-size: 22rem;
        overflow: auto;
      }
      table {
        border-collapse: collapse;
        inline-size: 100%;
      }
      th,
      td {
        text-align: start;
        padding: 0.25rem 0.9rem 0.25rem 0;
        border-block-end: 1px solid var(--line);
        font-weight: 400;
        overflow-wrap: anywhere;
      }
      thead th {
        color: var(--ink-soft);
        white-space: nowrap;
      }
    `,
  ];

  #follow = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    requests.addEventListener('change', this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    requests.removeEventListener('change', this.#follow);
  }

  override render() {
    const { all } = requests;
    const servers = new Set(all.map(({ url }) => new URL(url).host));
    const { since } = this;
    const said = words.places.requests;
    const later = since === null ? [] : all.filter(({ at }) => at > since);
    return html`<p data-requests=${all.length} data-later=${later.length}>
        ${all.length === 0 ? said.none : said.made(all.length, [...servers])}
        ${since === null ? null : html`<strong>${later.length === 0 ? said.noneSince : said.since(later.length)}</strong>`}
      </p>
      ${
        all.length === 0
          ? null
          : html`<details>
              <summary>${said.every}</summary>
              <div class="scroll" tabindex="0" role="group" aria-label=${said.every}>
                <table class="small num">
                  <thead>
                    <tr><th scope="col">${said.time}</th><th scope="col">${said.asked}</th><th scope="col">${said.came}</th></tr>
                  </thead>
                  <tbody>${all.map(made => this.#row(made))}</tbody>
                </table>
              </div>
            </details>`
      }
      <p class="soft small">${said.about}</p>`;
  }

  #row({ url, at, bytes: came }: RequestMade) {
    const { origin, pathname } = new URL(url);
    const where = origin === location.origin ? pathname : origin + pathname;
    return html`<tr>
      <td>${new Date(at).toLocaleTimeString(language)}</td>
      <th scope="row">${where}</th>
      <td>${came > 0 ? bytes(came) : words.places.requests.fromHere}</td>
    </tr>`;
  }
}

customElements.define('ts-requests', RequestsElement);
