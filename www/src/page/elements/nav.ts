import { css, html, nothing } from 'lit';
import { LANGUAGES, language, nameOf, words } from '../../i18n';
import type { Place } from '../places';
import { placeState, underWay } from '../under-way';
import { SessionElement, shared } from './base';
import { Edge } from './edge';

/** The address of the page's own picture, which is not the same in every build. */
const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href;

/** The ways to the places, and what is under way in another place. */
export class NavElement extends SessionElement {
  #edge = new Edge('--head');

  static override styles = [
    shared,
    css`
      :host {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        background: var(--ground);
        border-block-end: 1px solid var(--line);
      }
      .bar {
        max-inline-size: 56rem;
        margin-inline: auto;
        padding-inline: clamp(0.5rem, 4vw, 2rem);
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        column-gap: 1.5rem;
      }
      h1 {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        margin: 0;
        padding-block: 0.6rem;
        font-size: 1.05rem;
        line-height: 1;
        font-weight: 700;
      }
      ul {
        display: flex;
        list-style: none;
        margin: 0;
        padding: 0;
      }
      .place {
        position: relative;
        display: flex;
        align-items: center;
        padding: 0.6rem clamp(0.35rem, 1.6vw, 0.8rem);
        min-block-size: 2.75rem;
        color: var(--ink-soft);
        font-weight: 600;
        text-decoration: none;
        border-block-end: 3px solid transparent;
      }
      .place:hover {
        color: var(--ink);
        background: var(--accent-soft);
      }
      .place[aria-current] {
        color: var(--accent-strong);
        border-block-end-color: var(--accent);
      }
      /* Takes no width, so that the row is as wide with it as without. */
      .dot {
        position: absolute;
        inset-block-start: 0.55rem;
        inset-inline-end: 0.1rem;
        inline-size: 0.4rem;
        block-size: 0.4rem;
        border-radius: 50%;
        background: var(--accent);
      }
      .away {
        background: var(--accent-soft);
      }
      .away a {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1rem;
        max-inline-size: 56rem;
        margin-inline: auto;
        padding: 0.4rem clamp(0.9rem, 4vw, 2rem);
        color: var(--accent-strong);
        font-size: 0.9rem;
        font-weight: 600;
      }
      select {
        min-height: 2.25rem;
        padding-block: 0.2rem;
      }
      @media (max-width: 40rem) {
        h1 {
          padding-inline-start: 0.4rem;
        }
        /* Longer words than fit are scrolled to. */
        nav {
          order: 1;
          inline-size: 100%;
          overflow-x: auto;
        }
        ul {
          inline-size: max-content;
          min-inline-size: 100%;
          justify-content: space-between;
        }
        .place {
          font-size: clamp(0.75rem, 3.1vw, 0.9rem);
          padding-inline: clamp(0.25rem, 1.2vw, 0.5rem);
        }
      }
      /* A low window has no room to spare. */
      @media (max-height: 32rem) {
        :host {
          position: static;
        }
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#edge.watch(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#edge.watch(null);
  }

  override render() {
    const { session } = this;
    const all = session.settings.view === 'all';
    const now = underWay(session);
    return html`<header>
      <div class="bar">
        <h1><img src=${icon} alt="" width="24" height="24" />Traitscope</h1>
        <nav aria-label=${words.nav.places}>
          <ul>${session.places.map(place => html`<li>${this.#place(place, all)}</li>`)}</ul>
        </nav>
        ${this.#languages()}
      </div>
      ${
        now && !all && now.place !== session.place
          ? html`<div class="away">
              <a href="#${now.place}">${now.words}${now.total > 0 ? `: ${Math.floor((100 * now.done) / now.total)}%` : '…'}</a>
            </div>`
          : null
      }
    </header>`;
  }

  #languages() {
    return html`<select
      aria-label=${words.nav.language}
      @change=${(event: Event) => this.session.speak((event.target as HTMLSelectElement).value)}
    >
      ${LANGUAGES.map(id => html`<option value=${id} lang=${id} ?selected=${id === language}>${nameOf(id)}</option>`)}
    </select>`;
  }

  #place(place: Place, all: boolean) {
    const state = placeState(place, this.session);
    const current = !all && this.session.place === place;
    return html`<a class="place" href="#${place}" aria-current=${current ? 'page' : nothing}>
      ${words.nav.names[place]}${state ? html`<span class="dot" aria-hidden="true"></span><span class="visually-hidden">(${state})</span>` : null}
    </a>`;
  }
}

customElements.define('ts-nav', NavElement);
