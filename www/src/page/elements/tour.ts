import { css, html, nothing } from 'lit';
import { words } from '../../i18n';
import type { Place } from '../places';
import { SessionElement, shared } from './base';
import { Edge } from './edge';

/** The order in which a newcomer needs the places. */
const WAY: Place[] = ['model', 'test', 'results', 'steer', 'monitor', 'about'];

/** A short way through the places: a word on each, at the foot of the page. */
export class TourElement extends SessionElement {
  static override properties = { ...SessionElement.properties, at: { state: true } };
  /** The step, from 0; null where there is no tour. */
  declare at: number | null;
  #edge = new Edge('--foot');

  constructor() {
    super();
    this.at = null;
  }

  static override styles = [
    shared,
    css`
      aside {
        position: fixed;
        inset-inline: 0;
        inset-block-end: 0;
        z-index: 1;
        background: var(--surface);
        border-block-start: 2px solid var(--accent);
        box-shadow: var(--shadow);
      }
      .inner {
        max-inline-size: 56rem;
        margin-inline: auto;
        padding: 0.8rem clamp(0.9rem, 4vw, 2rem);
        display: grid;
        gap: 0.6rem;
      }
      @media print {
        aside {
          display: none;
        }
      }
    `,
  ];

  /** The places of the tour; a link may hide some. */
  get #way(): Place[] {
    return WAY.filter(place => this.session.places.includes(place));
  }

  override render() {
    const { at } = this;
    const place = at === null ? undefined : this.#way[at];
    if (at === null || !place) return nothing;
    const { tour, nav } = words;
    const last = at === this.#way.length - 1;
    return html`<aside aria-label=${tour.label}>
      <div class="inner">
        <p role="status"><strong>${nav.names[place]}.</strong> ${tour.steps[place]}</p>
        <div class="row">
          ${last ? null : html`<button class="primary" data-forward @click=${() => this.#go(at + 1)}>${tour.next}</button>`}
          ${at > 0 ? html`<button @click=${() => this.#go(at - 1)}>${tour.back}</button>` : null}
          <button @click=${this.#end}>${tour.end}</button>
          <span class="soft small">${tour.step(at + 1, this.#way.length)}</span>
        </div>
      </div>
    </aside>`;
  }

  override updated(): void {
    super.updated();
    this.#edge.watch(this.renderRoot.querySelector('aside'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#edge.watch(null);
  }

  /** Begins at the first place. */
  begin(): void {
    void this.#go(0);
  }

  async #go(step: number): Promise<void> {
    this.at = step;
    const place = this.#way[step];
    if (place && place !== this.session.place) {
      const there = new Promise(resolve => addEventListener('hashchange', resolve, { once: true }));
      location.hash = place;
      await there;
      // The place takes the focus first, for those who come by a link.
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('button')?.focus();
  }

  #end = () => {
    this.at = null;
  };
}

customElements.define('ts-tour', TourElement);
