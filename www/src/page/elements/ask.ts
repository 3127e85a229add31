import { css, html, LitElement, nothing } from 'lit';
import { shared } from './base';

/** A button for what cannot be undone: pressed, it turns into the question whether that is meant. Tells with a `sure` event that it is. */
export class AskElement extends LitElement {
  static override properties = {
    label: {},
    name: {},
    question: {},
    yes: {},
    no: {},
    asking: { state: true },
  };
  declare label: string;
  /** What the button is called where that is more than its label says. */
  declare name: string | undefined;
  declare question: string;
  declare yes: string;
  declare no: string;
  declare asking: boolean;

  constructor() {
    super();
    this.asking = false;
  }

  static override styles = [
    shared,
    css`
      :host([hidden]) {
        display: none;
      }
      span {
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Puts the focus on the button; on the one that leaves all as it is where the question stands. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[data-safe]')?.focus(options),
    );
  }

  override render() {
    if (!this.asking) {
      return html`<button data-safe aria-label=${this.name ?? nothing} @click=${() => this.#turn(true)}>
        ${this.label}
      </button>`;
    }
    return html`<div class="row" role="group" aria-labelledby="question" @keydown=${this.#key}>
      <span id="question">${this.question}</span>
      <button aria-describedby="question" @click=${this.#sure}>${this.yes}</button>
      <button data-safe aria-describedby="question" @click=${() => this.#turn(false)}>${this.no}</button>
    </div>`;
  }

  #turn(asking: boolean): void {
    this.asking = asking;
    this.focus();
  }

  #key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.#turn(false);
  };

  #sure = ({ detail }: MouseEvent) => {
    // The second press of whoever pressed twice in the same place.
    if (detail > 1) return;
    this.#turn(false);
    this.dispatchEvent(new Event('sure'));
  };
}

customElements.define('ts-ask', AskElement);
