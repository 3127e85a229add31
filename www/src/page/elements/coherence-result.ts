import { css, html, LitElement } from 'lit';
import { words } from '../../i18n/all';
import type { Coherence, JudgedText } from '../../types';
import type { CoherenceRecord } from '../coherence-study';
import { risky } from '../dials';
import { coherenceLine, riskLine } from '../findings';
import { decimal, signed } from '../format';
import { saveRecord } from '../records';
import { shared } from './base';
import { interval } from './effect-table';
import './help';
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
    const { effect, common } = words;
    const said = effect.texts;
    if (doses.length === 0) {
      return html`<p class="lean">${said.nothing}</p>`;
    }
    return html`<div class="stack">
      ${cancelled ? html`<ts-notice kind="warn">${said.early}</ts-notice>` : null}
      <p class="lean" data-usable=${record.result.usable.join(' ')}>${coherenceLine(record.trait, record.result)}</p>
      ${
        this.known
          ? html`<p class="soft small">${said.known(signed(this.known[0]), signed(this.known[1]))}</p>`
          : null
      }
      <div class="scroll" tabindex="0" role="group" aria-label=${said.group}>
        <table class="num">
          <caption>${said.caption} <ts-help of="holds"></ts-help></caption>
          <thead>
            <tr>
              <th scope="col">${effect.dose}</th><th scope="col">${said.logProb} <ts-help of="logProb"></ts-help></th><th scope="col">${common.interval}</th>
              <th scope="col">${said.repeated} <ts-help of="repeated"></ts-help></th><th scope="col">${said.packing} <ts-help of="packing"></ts-help></th><th scope="col">${said.holds}</th>
            </tr>
          </thead>
          <tbody>
            ${doses.map(line)}
          </tbody>
        </table>
      </div>
      <p class="soft small">${said.legend}</p>
      ${this.#texts(record)}
      <div class="row"><button @click=${() => saveRecord(record)}>${effect.save}</button></div>
    </div>`;
  }

  #texts({ trait, prompts, result: { doses, texts } }: CoherenceRecord) {
    const at = Math.max(
      0,
      doses.findIndex(({ dose }) => dose === this.dose),
    );
    const dose = doses[at]?.dose ?? 0;
    const { effect } = words;
    return html`<details>
      <summary>${effect.texts.summary}</summary>
      <div class="stack">
        <label>${effect.dose}
          <select @change=${(event: Event) => {
            this.dose = Number((event.target as HTMLSelectElement).value);
          }}>
            ${doses.map(one => html`<option value=${one.dose} ?selected=${one.dose === dose}>${signed(one.dose)}</option>`)}
          </select>
        </label>
        ${risky({ trait, dose }) ? html`<ts-notice kind="warn">${riskLine()}</ts-notice>` : null}
        <div class="scroll" tabindex="0" role="group" aria-label=${effect.texts.ofDose}>
          <table class="num">
            <thead>
              <tr><th scope="col">${effect.texts.question}</th><th scope="col">${effect.texts.answer}</th><th scope="col">${effect.texts.logProb}</th></tr>
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
    <td>${decimal(repeated, 2)}</td>
    <td>${decimal(packing, 2)}</td>
    <td>${words.common.yesNo(coherent)}</td>
  </tr>`;
}

function answer({ text, log_prob }: JudgedText, prompt: string) {
  return html`<tr>
    <th scope="row" class="text" dir="auto">${prompt}</th>
    <td class="text" dir="auto">${text.trim()}</td>
    <td>${log_prob === null ? '–' : signed(log_prob)}</td>
  </tr>`;
}

customElements.define('ts-coherence-result', CoherenceResultElement);
