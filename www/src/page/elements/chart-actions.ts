import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import { TraitscopeError } from '../../lib/traitscope';
import { when } from '../facts';
import { PageError } from '../page-error';
import { shared } from './base';
import './notice';

/** A chart with what can be done with it: saved as a picture that says what it shows and where it is from. */
export class ChartActionsElement extends LitElement {
  static override properties = { label: {}, model: {}, date: {}, error: { state: true } };
  /** What the chart shows, in a few words. */
  declare label: string;
  /** Of which model. */
  declare model: string;
  /** When that was measured, ISO 8601; null where it is not known. What is shown as it is measured is of now. */
  declare date: string | null | undefined;
  declare error: TraitscopeError | null;

  constructor() {
    super();
    this.error = null;
  }

  static override styles = [
    shared,
    css`
      .chart {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.5rem;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem;
        margin-block-start: 0.5rem;
      }
      button {
        font-size: 0.85rem;
        min-height: 2rem;
        padding: 0.2rem 0.7rem;
        border-radius: 8px;
      }
      @media print {
        .actions {
          display: none;
        }
      }
    `,
  ];

  override render() {
    const button = (kind: 'svg' | 'png') => {
      const { save, saveOf } = words.files.picture;
      const name = kind.toUpperCase();
      return html`<button aria-label=${saveOf(name, this.label)} @click=${() => this.#save(kind)}>${save(name)}</button>`;
    };
    return html`<div class="chart"><slot></slot></div>
      <div class="actions">${button('svg')}${button('png')}</div>
      ${this.error ? html`<ts-notice kind="bad" .of=${this.error}></ts-notice>` : null}`;
  }

  async #save(kind: 'svg' | 'png'): Promise<void> {
    const { label: title, model, date } = this;
    this.error = null;
    try {
      // Few visits need what draws pictures.
      const { saveChart } = await import('../chart-file');
      const measured = date === undefined ? new Date().toISOString() : date;
      await saveChart(kind, [...this.children], { title, model, date: when({ date: measured }) });
    } catch (error) {
      this.error =
        error instanceof TraitscopeError ? error : new PageError('chart.picture', words.files.picture.failed);
    }
  }
}

customElements.define('ts-chart-actions', ChartActionsElement);
