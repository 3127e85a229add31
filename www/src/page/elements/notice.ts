import { css, html, LitElement, nothing } from 'lit';
import type { Notice } from '../../types';
import { type Told, told } from '../page-error';
import { sentence } from '../wording';
import { shared } from './base';

/** The library's own words below what the page says of them, since they have the particulars; nothing where there are none. */
export function original({ original }: Told) {
  return original === null
    ? nothing
    : html`<br /><span class="soft small" lang="en" data-original>${sentence(original)}</span>`;
}

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
      ${this.of ? this.#told(this.of) : html`<slot></slot>`}
    </div>`;
  }

  #told(notice: Notice) {
    const said = told(notice);
    return html`${sentence(said.text)} <code>${notice.code}</code>${original(said)}`;
  }
}

customElements.define('ts-notice', NoticeElement);
