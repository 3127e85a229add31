import { css, html } from 'lit';
import type { TraitscopeError } from '../../lib/traitscope';
import type { DataText, DifferenceRow } from '../../types';
import type { DataRecord } from '../data-study';
import { signed } from '../format';
import { saveRecord } from '../save';
import { leftOut } from '../several-files';
import { dataLine, traitName } from '../wording';
import { SessionElement, shared } from './base';
import './file-drop';
import './notice';
import { directions, remarks, studyStyles, tableStyles, underWay } from './study-parts';

/** Texts of the user's own along a direction: what they would teach a model that learned of them. */
export class DataSetElement extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    trait: { state: true },
    texts: { state: true },
    left: { state: true },
  };
  declare trait: string | null;
  declare texts: string;
  /** Files that came with the one whose texts there are. */
  declare left: TraitscopeError | null;

  constructor() {
    super();
    this.trait = null;
    this.texts = '';
    this.left = null;
  }

  static override styles = [
    shared,
    studyStyles,
    tableStyles,
    css`
      textarea {
        inline-size: 100%;
        min-block-size: 7rem;
        resize: vertical;
      }
      .field {
        display: block;
        font-weight: 600;
        margin-block-end: 0.35rem;
      }
    `,
  ];

  override render() {
    const { session } = this;
    const { data } = session.studies;
    return html`<details>
      <summary>Texts of your own</summary>
      <div class="stack" data-texts=${data?.status ?? 'none'}>
        ${data?.status === 'running' ? underWay(data, 'text', 'Reading the texts') : this.#choose()}
        ${remarks(data, session)} ${data?.record ? this.#result(data.record) : null}
      </div>
    </details>`;
  }

  #choose() {
    const { session } = this;
    const trait = this.#chosen();
    return html`
      <p class="soft small">
        What would a model learn from them? Each answer is read along the direction, beside the model’s own answer to the same
        question: the more it lies to one side, the more it would pull a model there that is trained on it.
      </p>
      ${directions('Meter', session.steer.traits, trait, session, name => {
        this.trait = name;
      })}
      <div>
        <label class="field" for="texts">Questions and answers</label>
        <textarea
          id="texts"
          spellcheck="false"
          placeholder="A question ⇥ an answer, with a tab between, or a text by itself; one a line. Or JSON with “prompt” and “response”."
          .value=${this.texts}
          @input=${(event: Event) => {
            this.texts = (event.target as HTMLTextAreaElement).value;
          }}
        ></textarea>
      </div>
      <ts-file-drop accept=".txt,.tsv,.json,.jsonl" label="Or open a file of texts" @files=${this.#open}></ts-file-drop>
      ${this.left ? html`<ts-notice kind="bad" .of=${this.left}></ts-notice>` : null}
      <div class="row">
        <button data-next ?disabled=${session.busy || this.texts.trim() === ''} @click=${this.#start}>Read the texts</button>
      </div>
    `;
  }

  #result(record: DataRecord) {
    const { result, texts, trait } = record;
    if (result.rows.length === 0) return html`<p class="lean">It was stopped before any text was read.</p>`;
    return html`
      ${
        result.cancelled
          ? html`<ts-notice kind="warn">It ended early; the texts that were read are below.</ts-notice>`
          : null
      }
      <p class="lean">${dataLine(trait, result)}</p>
      <div class="scroll" tabindex="0" role="group" aria-label="Texts in the order of their readings">
        <table class="num">
          <caption>Most ${traitName(trait).toLowerCase()} first, in standard deviations of neutral text</caption>
          <thead>
            <tr>
              <th scope="col">Difference</th><th scope="col">Text (z)</th><th scope="col">Text</th>
              <th scope="col">Own answer (z)</th><th scope="col">The model’s own answer</th>
            </tr>
          </thead>
          <tbody>
            ${result.rows.map(row => line(row, texts[row.index]))}
          </tbody>
        </table>
      </div>
      <div class="row"><button @click=${() => saveRecord('difference', record)}>Save the readings</button></div>
    `;
  }

  #chosen(): string {
    const { steer } = this.session;
    return this.trait ?? steer.dials[0]?.trait ?? steer.traits[0] ?? '';
  }

  #open = async ({ detail: [first, ...others] }: CustomEvent<File[]>) => {
    if (!first) return;
    this.left = leftOut(others, 'the texts of one file are read at a time');
    this.texts = await first.text();
  };

  #start = () => {
    this.acted();
    void this.session.studies.startData(this.#chosen(), this.texts);
  };
}

function line({ difference, z, own }: DifferenceRow, text: DataText | undefined) {
  return html`<tr>
    <td>${difference === null ? '–' : signed(difference)}</td>
    <td>${signed(z)}</td>
    <td class="text">${text?.prompt ? html`<span class="soft">${text.prompt}</span><br />` : null}${text?.response}</td>
    <td>${own ? signed(own.z) : '–'}</td>
    <td class="text">${own?.text.trim() ?? '–'}</td>
  </tr>`;
}

customElements.define('ts-data-set', DataSetElement);
