import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { language, languageFor, speak, words } from '../i18n';
import { Announcer } from './announce';
import { shared } from './elements/base';
import './elements/model-step';
import './elements/nav';
import './elements/notice';
import './elements/tour';
import './elements/unkept';
import type { TourElement } from './elements/tour';
import { idle, painted } from './later';
import { openFiles } from './open-files';
import { fetchBeside, PlaceParts } from './place-parts';
import { type Place, placeIn } from './places';
import { Session } from './session';

/** An element that begins with a heading. */
interface Headed extends Element {
  focusHeading(): void;
}

/** The page: its places, of which one is shown at a time, and the way between them. */
export class AppElement extends LitElement {
  static override properties = { printing: { state: true }, said: { state: true }, speaks: { state: true } };
  /** Whether the page is on its way to paper. */
  declare printing: boolean;
  /** What was done at once, for those who do not see it. */
  declare said: string;
  /** Whether the page knows the language that it is to speak. */
  declare speaks: boolean;
  #session = new Session();
  #parts = new PlaceParts(() => this.requestUpdate());
  #announcer = new Announcer();
  #paper = matchMedia('print');

  constructor() {
    super();
    this.printing = false;
    this.said = '';
    this.speaks = false;
  }

  static override styles = [
    shared,
    css`
      .page {
        max-inline-size: 56rem;
        margin-inline: auto;
        padding: clamp(1.1rem, 3vw, 2rem) clamp(0.9rem, 4vw, 2rem) 3rem;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .lead {
        font-size: clamp(1.5rem, 4.5vw, 2.1rem);
        line-height: 1.2;
        letter-spacing: -0.02em;
        font-weight: 650;
        max-inline-size: 24em;
        text-wrap: balance;
      }
      .under {
        margin-block-start: 0.7rem;
        color: var(--ink-soft);
        text-wrap: pretty;
      }
      .place {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .skip {
        position: absolute;
        inset-inline-start: 0.5rem;
        inset-block-start: 0.5rem;
        z-index: 2;
        background: var(--surface);
      }
      .skip:not(:focus) {
        clip-path: inset(50%);
        pointer-events: none;
      }
      .place[hidden] {
        display: none;
      }
      footer {
        color: var(--ink-soft);
        font-size: 0.9rem;
      }
      .paper {
        display: none;
      }
      @media print {
        .page {
          display: block;
          max-inline-size: none;
          padding: 0;
        }
        .page:has(.paper) > :not(.paper) {
          display: none;
        }
        .paper {
          display: block;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#session.addEventListener('change', () => this.requestUpdate());
    document.addEventListener('dragover', this.#dragOver);
    document.addEventListener('drop', this.#drop);
    addEventListener('beforeprint', this.#print);
    addEventListener('afterprint', this.#print);
    this.#paper.addEventListener('change', this.#print);
    addEventListener('hashchange', this.#goTo);
    void this.#session.start();
    const spoken = speak(this.#session.settings.lang ?? languageFor(navigator.languages)).finally(() => {
      this.speaks = true;
      this.#name();
    });
    void this.#arrive(spoken);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('dragover', this.#dragOver);
    document.removeEventListener('drop', this.#drop);
    removeEventListener('beforeprint', this.#print);
    removeEventListener('afterprint', this.#print);
    this.#paper.removeEventListener('change', this.#print);
    removeEventListener('hashchange', this.#goTo);
  }

  override render() {
    if (!this.speaks) return nothing;
    const session = this.#session;
    document.documentElement.dataset.show = session.settings.show;
    const { printed, standing } = session.paper;
    const paper = printed ?? (this.printing ? standing : null);
    // Everything is made anew in another language.
    return keyed(
      language,
      html`<button class="skip" @click=${() => this.#begin(session.place)}>${words.nav.skip}</button>
      <ts-nav .session=${session}></ts-nav>
      <main class="page" @said=${this.#hear}>
        ${
          session.refused.length > 0
            ? html`<ts-notice kind="warn">
                ${words.nav.refused(session.refused.join(' '))}
              </ts-notice>`
            : null
        }
        ${session.slept ? html`<ts-notice kind="warn" .of=${session.slept}></ts-notice>` : null}
        ${session.hidden ? html`<ts-notice kind="warn" .of=${session.hidden}></ts-notice>` : null}
        <ts-unkept .session=${session}></ts-unkept>
        ${session.places.map(place => this.#section(place))}
        ${paper ? this.#parts.sheet?.(paper, session, 'paper') : null}
        <footer>Traitscope ${TRAITSCOPE_VERSION}</footer>
        <div class="visually-hidden" role="status" aria-live="polite">${this.#announcer.text(session)}</div>
        <div class="visually-hidden" aria-live="polite">${this.said}</div>
      </main>
      <ts-tour .session=${session}></ts-tour>`,
    );
  }

  #section(place: Place) {
    const { settings, place: current } = this.#session;
    const error = this.#parts.errors.get(place);
    return html`<div
      class="place"
      data-place=${place}
      ?hidden=${settings.view === 'places' && place !== current}
    >
      ${
        this.#parts.has(place)
          ? this.#content(place)
          : error
            ? html`<ts-notice kind="bad" .of=${error}></ts-notice>`
            : html`<p class="under">${words.nav.fetching}</p>`
      }
    </div>`;
  }

  #content(place: Place): TemplateResult {
    const session = this.#session;
    switch (place) {
      case 'model':
        return html`<div>
            <p class="lead">${words.nav.lead}</p>
            <p class="under">
              ${words.nav.under}
              ${session.settings.view === 'places' ? html`<button class="link" @click=${this.#tour}>${words.tour.begin}</button>` : null}
            </p>
          </div>
          <ts-model-step .session=${session}></ts-model-step>
          ${session.loading === 'ready' ? null : html`${this.#example('report')} ${this.#example('steering')}`}`;
      case 'test':
        return html`<ts-test-step .session=${session}></ts-test-step>
          ${session.hides('studies') ? null : html`<ts-settings-step .session=${session}></ts-settings-step>`}`;
      case 'steer':
        return html`<ts-steer-step .session=${session}></ts-steer-step>
          <ts-effect-step .session=${session}></ts-effect-step>
          ${session.loading === 'ready' ? null : this.#example('steering')}`;
      case 'monitor':
        return html`<ts-monitor-step .session=${session}></ts-monitor-step>`;
      case 'results':
        return html`<ts-results-step .session=${session}></ts-results-step>
          ${session.hasResults ? null : this.#example('report')}`;
      case 'about':
        return html`<ts-about .since=${session.readySince} .session=${session}></ts-about>`;
    }
  }

  /** A recorded example, for as long as there is nothing of the visitor’s own; it would only be in the way among all places. */
  #example(of: 'report' | 'steering') {
    return this.#session.settings.view === 'all' ? null : html`<ts-example-of of=${of}></ts-example-of>`;
  }

  /** Has there be what the address asks for, and then all the rest. */
  async #arrive(spoken: Promise<void>): Promise<void> {
    this.#name();
    await Promise.all([spoken, this.#parts.fetch(this.#session.place)]);
    await this.updateComplete;
    await painted();
    await fetchBeside();
    await idle();
    await this.#parts.fetchAll();
  }

  /** The address names another place: it is shown from its beginning, and the focus is there. */
  #goTo = async () => {
    const session = this.#session;
    const place = placeIn(location.hash);
    if (place === null || !session.places.includes(place)) return;
    session.place = place;
    session.changed();
    this.#name();
    await this.#parts.fetch(place);
    await this.updateComplete;
    const section = this.renderRoot.querySelector(`[data-place=${place}]`);
    if (session.settings.view === 'places') scrollTo({ top: 0, behavior: 'instant' });
    else section?.scrollIntoView();
    this.#begin(place);
  };

  #hear = ({ detail }: CustomEvent<string>) => {
    this.said = detail;
  };

  #tour = () => this.renderRoot.querySelector<TourElement>('ts-tour')?.begin();

  /** Puts the focus where a reader of a place begins. */
  #begin(place: Place): void {
    const parts = this.renderRoot.querySelectorAll(`[data-place=${place}] > *`);
    ([...parts].find(part => 'focusHeading' in part) as Headed | undefined)?.focusHeading();
  }

  /** The window’s title, which tells tabs and the steps of the history apart. */
  #name(): void {
    const { place } = this.#session;
    document.title = place === 'model' ? 'Traitscope' : words.nav.title(words.nav.names[place]);
  }

  /** The report stands in the page only while it is printed: all that is in it is in the page already. */
  #print = ({ type }: Event) => {
    this.printing = type === 'beforeprint' || (type === 'change' && this.#paper.matches);
    if (!this.printing) this.#session.paper.end();
  };

  #dragOver = (event: DragEvent) => event.preventDefault();

  #drop = (event: DragEvent) => {
    event.preventDefault();
    void openFiles(this.#session, [...(event.dataTransfer?.files ?? [])]);
  };
}

customElements.define('traitscope-app', AppElement);
