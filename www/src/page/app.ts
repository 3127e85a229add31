import { css, html, LitElement } from 'lit';
import { shared } from './elements/base';
import './elements/effect-step';
import './elements/limits';
import './elements/model-step';
import './elements/monitor-step';
import './elements/notice';
import './elements/results-step';
import './elements/settings-step';
import { sheet } from './elements/sheet';
import './elements/steer-step';
import './elements/test-step';
import { announcement } from './announce';
import { openFiles } from './open-files';
import { Session } from './session';

/** The address of the page's own picture, which is not the same in every build. */
const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href;

/** The page: its steps and what a reader should know about them. */
export class AppElement extends LitElement {
  static override properties = { printing: { state: true } };
  /** Whether the page is on its way to paper. */
  declare printing: boolean;
  #session = new Session();
  #spoken = '';
  #paper = matchMedia('print');

  constructor() {
    super();
    this.printing = false;
  }

  static override styles = [
    shared,
    css`
      .page {
        max-inline-size: 56rem;
        margin-inline: auto;
        padding: clamp(1.25rem, 5vw, 3rem) clamp(0.9rem, 4vw, 2rem) 3rem;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .masthead {
        padding-block-end: 0.5rem;
      }
      h1 {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        margin: 0 0 0.75rem;
        font-size: 1.1rem;
        font-weight: 700;
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
    void this.#session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('dragover', this.#dragOver);
    document.removeEventListener('drop', this.#drop);
    removeEventListener('beforeprint', this.#print);
    removeEventListener('afterprint', this.#print);
    this.#paper.removeEventListener('change', this.#print);
  }

  override render() {
    const session = this.#session;
    this.#spoken = announcement(session);
    const { printed, standing } = session.paper;
    const paper = printed ?? (this.printing ? standing : null);
    return html`<main class="page">
      <header class="masthead">
        <h1><img src=${icon} alt="" width="28" height="28" />Traitscope</h1>
        <p class="lead">Give a small language model a personality test, on your own computer.</p>
        <p class="under">
          The model runs inside this page. Nothing you load, type or measure leaves your browser.
        </p>
      </header>
      ${
        session.refused.length > 0
          ? html`<ts-notice kind="warn">
              Part of this page’s address was not used. ${session.refused.join(' ')}
            </ts-notice>`
          : null
      }
      <ts-model-step .session=${session}></ts-model-step>
      <ts-test-step .session=${session}></ts-test-step>
      <ts-results-step .session=${session}></ts-results-step>
      <ts-steer-step .session=${session}></ts-steer-step>
      <ts-effect-step .session=${session}></ts-effect-step>
      <ts-monitor-step .session=${session}></ts-monitor-step>
      <ts-settings-step .session=${session}></ts-settings-step>
      <ts-limits></ts-limits>
      ${paper ? sheet(paper, 'paper') : null}
      <footer>Traitscope ${session.version}</footer>
      <div class="visually-hidden" role="status" aria-live="polite">${this.#spoken}</div>
    </main>`;
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
