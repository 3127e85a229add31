import { css, html, LitElement } from 'lit';
import type { Coherence, JudgedText } from '../../types';
import type { CoherenceRecord } from '../coherence-study';
import { risky } from '../dials';
import { signed } from '../format';
import { saveRecord } from '../save';
import { coherenceLine, riskLine } from '../wording';
import { shared } from './base';
import { interval } from './effect-table';
import './notice';
import { studyStyles, tableStyles } from './study-parts';

/** Up to which dose texts hold together, and the texts. */
export class CoherenceResultElement extends LitElement {
  static override properties = {
    record: { attribute: false },
    known: { attribute: false },
    dose: { state: true },
  };
  declare record: CoherenceRecord;
  /** What is known of more texts than these. */
  declare known: [number, number] | null;
  /** The dose whose texts are shown. */
  declare dose: number;

  constructor() {
    super();
    this.known = null;
    this.dose = 0;
  }

  static override styles = [
    shared,
    studyStyles,
    tableStyles,
    css`
      .apart th,
      .apart td {
        color: var(--warn);
      }
    `,
  ];

  override render() {
    const { record } = this;
    const { doses, cancelled } = record.result;
    if (doses.length === 0) {
      return html`<p class="lean">It was stopped before the texts without a push were written.</p>`;
    }
    return html`<div class="stack">
      ${
        cancelled
          ? html`<ts-notice kind="warn">The study ended early; the doses that were finished are below.</ts-notice>`
          : null
      }
      <p class="lean" data-usable=${record.result.usable.join(' ')}>${coherenceLine(record.trait, record.result)}</p>
      ${
        this.known
          ? html`<p class="soft small">
              Measured on more questions beforehand: from ${signed(this.known[0])} to ${signed(this.known[1])}. The dials go by that.
            </p>`
          : null
      }
      <div class="scroll" tabindex="0" role="group" aria-label="How texts hold together">
        <table class="num">
          <caption>Texts under each dose</caption>
          <thead>
            <tr>
              <th scope="col">Dose</th><th scope="col">Log-probability</th><th scope="col">95% interval</th>
              <th scope="col">Repeated</th><th scope="col">Packing</th><th scope="col">Holds together</th>
            </tr>
          </thead>
          <tbody>
            ${doses.map(line)}
          </tbody>
        </table>
      </div>
      <p class="soft small">
        Log-probability: of a token, in nats, by the model without a push. Repeated: share of runs of three tokens that stand in
        the text before. Packing: how many times smaller the texts become when they are compressed. Texts fall apart where they
        lose more than 1 nat a token against those without a push, where a fifth more is repeated, or where they pack one and a
        half times better.
      </p>
      ${this.#texts(record)}
      <div class="row"><button @click=${() => saveRecord('coherence', record)}>Save the study</button></div>
    </div>`;
  }

  #texts({ trait, prompts, result: { doses, texts } }: CoherenceRecord) {
    const at = Math.max(
      0,
      doses.findIndex(({ dose }) => dose === this.dose),
    );
    const dose = doses[at]?.dose ?? 0;
    return html`<details>
      <summary>The texts</summary>
      <div class="stack">
        <label>Dose
          <select @change=${(event: Event) => {
            this.dose = Number((event.target as HTMLSelectElement).value);
          }}>
            ${doses.map(one => html`<option value=${one.dose} ?selected=${one.dose === dose}>${signed(one.dose)}</option>`)}
          </select>
        </label>
        ${risky({ trait, dose }) ? html`<ts-notice kind="warn">${riskLine()}</ts-notice>` : null}
        <div class="scroll" tabindex="0" role="group" aria-label="Texts of a dose">
          <table class="num">
            <thead>
              <tr><th scope="col">Question</th><th scope="col">Answer</th><th scope="col">Log-probability</th></tr>
            </thead>
            <tbody>
              ${(texts[at] ?? []).map((text, i) => answer(text, prompts[i] ?? ''))}
            </tbody>
          </table>
        </div>
      </div>
    </details>`;
  }
}

function line({ dose, log_prob, repeated, packing, coherent }: Coherence) {
  return html`<tr class=${coherent ? '' : 'apart'}>
    <th scope="row">${signed(dose)}</th>
    <td>${signed(log_prob.value)}</td>
    <td>${interval(log_prob)}</td>
    <td>${repeated.toFixed(2)}</td>
    <td>${packing.toFixed(2)}</td>
    <td>${coherent ? 'yes' : 'no'}</td>
  </tr>`;
}

function answer({ text, log_prob }: JudgedText, prompt: string) {
  return html`<tr>
    <th scope="row" class="text">${prompt}</th>
    <td class="text">${text.trim()}</td>
    <td>${log_prob === null ? '–' : signed(log_prob)}</td>
  </tr>`;
}

customElements.define('ts-coherence-result', CoherenceResultElement);
