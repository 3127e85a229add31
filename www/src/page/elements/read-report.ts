import { css, html } from 'lit';
import type { Report } from '../report';
import { SessionElement, shared } from './base';
import './report';

/** A report to open where it stands, and to print. */
export class ReadReportElement extends SessionElement {
  static override properties = {
    session: { attribute: false },
    report: { attribute: false },
    open: { state: true },
  };
  declare report: Report;
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
      <summary>Read the report</summary>
      ${
        this.open
          ? html`<div class="sheet"><ts-report .report=${this.report}></ts-report></div>
              <button @click=${() => this.session.reports.print(this.report)}>Print this report</button>`
          : null
      }
    </details>`;
  }

  #toggled = (event: Event) => {
    this.open = (event.target as HTMLDetailsElement).open;
  };
}

customElements.define('ts-read-report', ReadReportElement);
