import { css, html, LitElement } from 'lit';
import { shared } from './base';
import './limits';
import './requests';

/** Where the methods are from: what, and where it can be read. */
const SOURCES: [string, string, string][] = [
  [
    'Items of four answers, and how they are asked',
    'Lee et al., TRAIT (2024)',
    'https://arxiv.org/abs/2406.14703',
  ],
  [
    'Personas and reliability over many ways of asking',
    'Serapio-García et al. (2023)',
    'https://arxiv.org/abs/2307.00184',
  ],
  ['The statements of the inventories', 'International Personality Item Pool', 'https://ipip.ori.org'],
  [
    'Pushes along a direction',
    'Rimsky et al., Contrastive Activation Addition (2023)',
    'https://arxiv.org/abs/2312.06681',
  ],
  [
    'Meters of a trait in the residual stream',
    'Chen et al., Persona Vectors (2025)',
    'https://arxiv.org/abs/2507.21509',
  ],
];

/** What the page is good for, what becomes of what is given to it, and where its methods are from. */
export class AboutElement extends LitElement {
  static override properties = { since: { attribute: false } };
  /** When the model was ready, in milliseconds since 1970; null before. */
  declare since: number | null;

  static override styles = [
    shared,
    css`
      .stack > * + * {
        margin-block-start: 1.25rem;
      }
      section {
        padding-inline: clamp(0rem, 4vw, 1.9rem);
        max-inline-size: 50em;
      }
      section > * + * {
        margin-block-start: 0.6rem;
      }
      ul {
        margin-block-end: 0;
        padding-inline-start: 1.1rem;
      }
      li + li {
        margin-block-start: 0.35rem;
      }
      a {
        color: var(--accent-strong);
      }
    `,
  ];

  /** Puts the focus on the first heading, where a reader begins. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  override render() {
    return html`<div class="stack">
      <section>
        <h2 tabindex="-1">About</h2>
        <p>
          Traitscope runs a small language model inside this page and gives it the items of a personality test. It shows which answers the
          model finds more likely, pushes the model along directions of traits, and reads those directions while it writes; and it shows
          beside each number what chance or the way of asking would do as well.
        </p>
      </section>
      <ts-limits></ts-limits>
      <section>
        <h2>Privacy</h2>
        <ul>
          <li>The model runs on this computer. What you load, type or measure is not sent anywhere.</li>
          <li>The page asks the server that it came from for its own files and for the model that you choose, and no other server for anything. The browser enforces that: the page’s policy allows it no other address.</li>
          <li>Models, item files that you ask it to keep, tests under way and the last ten results stay in this browser’s storage until you delete them.</li>
          <li>There are no cookies, no accounts and no counting of visits.</li>
        </ul>
        <h3>What this page asked for</h3>
        <ts-requests .since=${this.since}></ts-requests>
      </section>
      <section>
        <h2>Sources</h2>
        <ul>
          ${SOURCES.map(
            ([what, who, where]) =>
              html`<li>${what}: <a href=${where} rel="noreferrer" target="_blank">${who}</a></li>`,
          )}
        </ul>
        <p class="soft small">These links lead to other sites.</p>
      </section>
    </div>`;
  }
}

customElements.define('ts-about', AboutElement);
