import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { when } from '../facts';
import { type FoundStudy, foundStudies } from '../found-studies';
import type { Place } from '../places';
import { SessionElement, shared } from './base';

/** Which studies and texts have results in Steer and Monitor, with the way there; where none has, where they are begun. */
export class FoundStudiesElement extends SessionElement {
  static override styles = [
    shared,
    css`
      h3 {
        font-size: 1.15rem;
        margin-block-end: 0.35rem;
      }
      ul {
        margin: 0;
        padding-inline-start: 1.2rem;
      }
      li {
        overflow-wrap: anywhere;
        padding-block: 0.2rem;
      }
      a {
        color: var(--accent-strong);
      }
    `,
  ];

  override render() {
    const { session } = this;
    const found = foundStudies(session);
    const said = words.results.studies;
    const places = (['steer', 'monitor'] as const).filter(place => session.places.includes(place));
    if (places.length === 0) return null;
    const missing = places.filter(place => found.every(one => one.left || one.place !== place));
    return html`<h3>${said.heading}</h3>
      ${found.length > 0 ? html`<ul data-found=${found.length}>${found.map(one => html`<li>${this.#found(one)}</li>`)}</ul>` : null}
      ${missing.map(place => html`<p class="soft small" data-missing=${place}>${said.missing[place](this.#link(place, words.nav.names[place]))}</p>`)}`;
  }

  #found({ place, title, model, date, settings }: FoundStudy) {
    const of = date === null ? model : words.kept.source(model, when({ date }));
    return html`${this.#link(place, title, () => this.session.set(settings))}
      <span class="soft small">${words.results.studies.in(words.nav.names[place], of)}</span>`;
  }

  #link(place: Place, name: string, first: () => void = () => undefined) {
    return html`<a href="#${place}" @click=${first}>${name}</a>`;
  }
}

customElements.define('ts-found-studies', FoundStudiesElement);
