import { css, LitElement } from 'lit';
import type { Session } from '../session';
import type { StepElement } from './step';

/** Whether the user has begun; before that the focus stays where the browser put it. */
let acted = false;

/** An element that shows part of the session and follows its changes. */
export class SessionElement extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: Session;
  #next: HTMLElement | null = null;
  #follow = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.session.addEventListener('change', this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session.removeEventListener('change', this.#follow);
  }

  /**
   * After the control that was used has gone because the page moved on, puts the focus once on the one that took
   * its place (marked `data-next`), so that the keyboard does not start again at the top.
   */
  override updated(): void {
    const next = this.renderRoot.querySelector<HTMLElement>('[data-next]');
    if (next === this.#next) return;
    this.#next = next;
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (next && acted && lost) next.focus({ preventScroll: true });
  }

  /** Puts the focus on the heading of the step, where a reader of it begins. */
  focusHeading(): void {
    this.renderRoot.querySelector<StepElement>('ts-step')?.focusHeading();
  }

  /** Has those who do not see it hear of something that was done at once. */
  protected say(text: string): void {
    this.dispatchEvent(new CustomEvent('said', { detail: text, bubbles: true, composed: true }));
  }

  /** Puts the focus on the first of these that is there, once what was done is shown. */
  protected async focusOn(...controls: string[]): Promise<boolean> {
    await this.updateComplete;
    for (const control of controls) {
      const found = this.renderRoot.querySelector<HTMLElement>(control);
      if (found) {
        found.focus();
        return true;
      }
    }
    return false;
  }

  /** To be called when a control is used that will go. */
  protected acted(): void {
    acted = true;
  }
}

/** What all elements share: type, controls, focus. */
export const shared = css`
  :host {
    display: block;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
    border-radius: 6px;
  }
  /* Where a place begins; no control. */
  h2:focus-visible {
    outline: none;
  }
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: 1.35rem;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: 1rem;
    line-height: 1.35;
  }
  .soft {
    color: var(--ink-soft);
  }
  .small {
    font-size: 0.9rem;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem;
  }
  /* A box stays beside its words. */
  label.row {
    flex-wrap: nowrap;
  }
  .stack > * + * {
    margin-top: 1rem;
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  button,
  .button {
    font: inherit;
    font-weight: 600;
    color: var(--accent-strong);
    background: transparent;
    border: 1px solid var(--line-strong);
    border-radius: 10px;
    padding: 0.5rem 1rem;
    min-height: 2.75rem;
    text-wrap: balance;
    cursor: pointer;
  }
  button:hover:not(:disabled),
  .button:hover {
    background: var(--accent-soft);
  }
  .button {
    display: inline-flex;
    align-items: center;
    text-decoration: none;
  }
  .primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    padding: 0.65rem 1.5rem;
    font-size: 1.05rem;
  }
  .primary:hover:not(:disabled) {
    background: var(--accent-strong);
    border-color: var(--accent-strong);
  }
  button:disabled {
    cursor: default;
    opacity: 0.5;
  }
  button.link {
    border: none;
    padding: 0.25rem;
    min-height: 0;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  select,
  input[type="number"],
  textarea {
    font: inherit;
    color: inherit;
    background: var(--surface);
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    padding: 0.45rem 0.6rem;
    min-height: 2.75rem;
    max-width: 100%;
  }
  ::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }
  input[type="radio"],
  input[type="checkbox"] {
    accent-color: var(--accent);
    inline-size: 1.15rem;
    block-size: 1.15rem;
    margin: 0;
    flex: none;
  }
  progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 0.7rem;
    border: none;
    border-radius: 99px;
    background: var(--sunken);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--sunken);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  progress:indeterminate {
    background: repeating-linear-gradient(
      115deg,
      var(--bar) 0 14px,
      var(--sunken) 14px 28px
    );
  }
  details > summary {
    cursor: pointer;
    font-weight: 600;
    color: var(--accent-strong);
    padding: 0.35rem 0;
    inline-size: fit-content;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* Nothing is pressed on paper, and what is folded is left out. */
  @media print {
    button,
    .button,
    ts-file-drop,
    details:not([open]) {
      display: none;
    }
    ts-chart-actions,
    textarea {
      break-inside: avoid;
    }
    h2,
    h3 {
      break-after: avoid;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    progress::-webkit-progress-value {
      transition: inline-size 0.2s;
    }
  }
`;
