import { css, html } from 'lit';
import { words } from '../../i18n/all';
import type { Sheet } from '../paper';
import { SessionElement, shared } from './base';
import { sheet } from './sheet';

/** A report to open where it stands, and to print. */
export class ReadReportElement extends SessionElement {
  static override properties = {
    session: { attribute: false },
    sheet: { attribute: false },
    open: { state: true },
  };
  declare sheet: Sheet;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  static override styles = [
    shared,
    css`
      .sheet {
        border-block: 1px solid var(--line);
        padding-block: 1rem;
        margin-block: 0.5rem 0.75rem;
      }
    `,
  ];

  override render() {
    return html`<details @toggle=${this.#toggled}>
      <summary>${words.report.read}</summary>
      ${
        this.open
          ? html`<div class="sheet">${sheet(this.sheet, this.session)}</div>
              <button @click=${() => this.session.paper.print(this.sheet)}>${words.report.print}</button>`
          : null
      }
    </details>`;
  }

  #toggled = (event: Event) => {
    this.open = (event.target as HTMLDetailsElement).open;
  };
}

customElements.define('ts-read-report', ReadReportElement);
