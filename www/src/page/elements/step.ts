import { css, html, LitElement } from 'lit';
import { shared } from './base';

/** One of the page's steps: a heading, and what belongs to it. */
export class StepElement extends LitElement {
  static override properties = { heading: {}, state: { reflect: true } };
  declare heading: string;
  /** `waiting` until the step before it is done. */
  declare state: 'waiting' | 'current' | 'done';

  static override styles = [
    shared,
    css`
      :host {
        scroll-margin-block-start: 0.75rem;
        /* What is told of work that goes on may take another line or two. */
        scroll-margin-block-end: 4rem;
      }
      section {
        background: var(--surface);
        border: 1px solid var(--line);
        border-radius: 16px;
        box-shadow: var(--shadow);
        padding: clamp(1.1rem, 4vw, 1.9rem);
      }
      header {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        margin-block-end: 1rem;
      }
      .mark {
        flex: none;
        display: grid;
        place-items: center;
        inline-size: 2rem;
        block-size: 2rem;
        border-radius: 50%;
        font-weight: 700;
        background: var(--accent);
        color: var(--on-accent);
      }
      :host([state="waiting"]) section {
        background: transparent;
        box-shadow: none;
        border-style: dashed;
      }
      :host([state="waiting"]) header {
        margin-block-end: 0.5rem;
      }
    `,
  ];

  /** Puts the focus on the heading, where a reader of this step begins; the view stays. */
  focusHeading(): void {
    this.renderRoot.querySelector<HTMLElement>('#heading')?.focus({ preventScroll: true });
  }

  override render() {
    return html`<section aria-labelledby="heading">
      <header>
        ${this.state === 'done' ? html`<span class="mark" aria-hidden="true">✓</span>` : null}
        <h2 id="heading" tabindex="-1">${this.heading}</h2>
      </header>
      <slot></slot>
    </section>`;
  }
}

customElements.define('ts-step', StepElement);
