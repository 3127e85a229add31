import { css, html, LitElement } from 'lit';
import { alone } from '#parts/files';
import { type Words, words } from '../../i18n/all';
import type { Session } from '../session';
import { shared } from './base';
import './glossary';
import './limits';
import './requests';
import './share';

/** Where the methods are from: what, and where it can be read. */
const SOURCES: [keyof Words['about']['of'], string, string][] = [
  ['items', 'Lee et al., TRAIT (2024)', 'https://arxiv.org/abs/2406.14703'],
  ['personas', 'Serapio-García et al. (2023)', 'https://arxiv.org/abs/2307.00184'],
  ['statements', 'International Personality Item Pool', 'https://ipip.ori.org'],
  ['pushes', 'Rimsky et al., Contrastive Activation Addition (2023)', 'https://arxiv.org/abs/2312.06681'],
  ['meters', 'Chen et al., Persona Vectors (2025)', 'https://arxiv.org/abs/2507.21509'],
];

/** What the page is good for, what becomes of what is given to it, and where its methods are from. */
export class AboutElement extends LitElement {
  static override properties = { since: { attribute: false }, session: { attribute: false } };
  /** When the model was ready, in milliseconds since 1970; null before. */
  declare since: number | null;
  declare session: Session;

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
    const { about } = words;
    return html`<div class="stack">
      <section>
        <h2 tabindex="-1">${about.heading}</h2>
        <p>${about.what}</p>
        ${alone ? null : html`<p><a href="./traitscope.html" download>${about.file}</a> ${about.fileIs}</p>`}
      </section>
      <ts-limits></ts-limits>
      <section>
        <h2>${words.share.heading}</h2>
        <ts-share .session=${this.session}></ts-share>
      </section>
      <section>
        <h2>${words.glossary.heading}</h2>
        <ts-glossary></ts-glossary>
      </section>
      <section>
        <h2>${about.privacy}</h2>
        <ul>${about.promises.map(line => html`<li>${line}</li>`)}</ul>
        <h3>${about.asked}</h3>
        <ts-requests .since=${this.since}></ts-requests>
      </section>
      <section>
        <h2>${about.sources}</h2>
        <ul>
          ${SOURCES.map(
            ([what, who, where]) =>
              html`<li>${about.of[what]}: <a href=${where} rel="noreferrer" target="_blank">${who}</a></li>`,
          )}
        </ul>
        <p class="soft small">${about.elsewhere}</p>
      </section>
    </div>`;
  }
}

customElements.define('ts-about', AboutElement);
