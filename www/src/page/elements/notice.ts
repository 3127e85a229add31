import { css, html, LitElement } from 'lit';
import type { Notice } from '../../types';
import { sentence } from '../wording';
import { shared } from './base';

/** A message in a box: the page's own between the tags, or one of the library with its code. */
export class NoticeElement extends LitElement {
  static override properties = { kind: {}, of: { attribute: false } };
  declare kind: 'info' | 'good' | 'warn' | 'bad';
  declare of: Notice | null;

  constructor() {
    super();
    this.kind = 'info';
    this.of = null;
  }

  static override styles = [
    shared,
    css`
      .box {
        border-radius: 10px;
        padding: 0.7rem 1rem;
        background: var(--sunken);
        border-inline-start: 4px solid var(--line-strong);
        overflow-wrap: anywhere;
      }
      .good {
        background: var(--good-soft);
        border-color: var(--good);
      }
      .warn {
        background: var(--warn-soft);
        border-color: var(--warn);
      }
      .bad {
        background: var(--bad-soft);
        border-color: var(--bad);
      }
      code {
        display: inline-block;
        margin-inline-start: 0.25rem;
        font: 0.85em ui-monospace, "Cascadia Mono", Menlo, monospace;
        color: var(--ink-soft);
      }
    `,
  ];

  override render() {
    const role = this.kind === 'bad' ? 'alert' : 'note';
    return html`<div class="box ${this.kind}" role=${role}>
      ${this.of ? html`${sentence(this.of.message)} <code>${this.of.code}</code>` : html`<slot></slot>`}
    </div>`;
  }
}

customElements.define('ts-notice', NoticeElement);
