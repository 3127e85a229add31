import { css, html, LitElement } from 'lit';
import { type Words, words } from '../../i18n/all';
import { shared } from './base';

/** Room that is left at the edge of the window, and between the button and its box. */
const EDGE = 16;
const GAP = 4;

/**
 * A word of the page that is explained on a press, in one sentence and in more. The box lies above the page, so that it moves
 * nothing, fits a heading of a narrow column and is not cut off where a table scrolls.
 */
export class HelpElement extends LitElement {
  static override properties = { of: {}, open: { state: true } };
  declare of: keyof Words['glossary']['entries'];
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: inline;
      }
      button {
        inline-size: 1.5rem;
        min-height: 1.5rem;
        padding: 0;
        border-radius: 50%;
        font-size: 0.8rem;
        line-height: 1;
        vertical-align: 0.1em;
      }
      [popover] {
        position: absolute;
        inset: auto;
        margin: 0;
        inline-size: max-content;
        max-inline-size: min(30rem, calc(100vw - 2rem));
        padding: 0.7rem 0.95rem;
        border: 1px solid var(--line-strong);
        border-radius: 10px;
        background: var(--sunken);
        color: var(--ink);
        font-size: 0.9rem;
        font-weight: 400;
        line-height: 1.5;
        text-align: start;
        white-space: normal;
      }
      .term {
        display: block;
        color: var(--ink-soft);
        font-size: 0.85rem;
      }
      strong {
        display: block;
        font-weight: 650;
        margin-block-end: 0.25rem;
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  override render() {
    const { glossary } = words;
    const { term, short, more } = glossary.entries[this.of];
    return html`<button aria-label=${glossary.help(term)} aria-expanded=${this.open} popovertarget="box">?</button
      ><span id="box" popover @beforetoggle=${this.#toggled}>${this.open ? html`<span class="term">${term}</span><strong>${short}</strong>${more}` : null}</span>`;
  }

  /** Puts the box below its button, or above where there is more room, and within the window. */
  #place(): void {
    const [button, box] = [this.renderRoot.querySelector('button'), this.renderRoot.querySelector('span')];
    if (!button || !box) return;
    const { left, top, bottom } = button.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const above = bottom + GAP + box.offsetHeight > clientHeight && top > GAP + box.offsetHeight;
    const across = Math.max(EDGE, Math.min(left, clientWidth - box.offsetWidth - EDGE));
    box.style.left = `${scrollX + across}px`;
    box.style.top = `${scrollY + (above ? top - GAP - box.offsetHeight : bottom + GAP)}px`;
  }

  #toggled = (event: Event) => {
    this.open = (event as ToggleEvent).newState === 'open';
    // It has a size only once it is shown, which is before the next frame.
    if (this.open) requestAnimationFrame(() => this.#place());
  };
}

customElements.define('ts-help', HelpElement);
