import { css, html } from 'lit';
import { words } from '../../i18n/all';
import type { TraitscopeError } from '../../lib/traitscope';
import type { DataText, DifferenceRow } from '../../types';
import type { DataRecord } from '../data-study';
import { dataLine } from '../findings';
import { signed } from '../format';
import { saveRecord } from '../records';
import { leftOut } from '../several-files';
import { makeStudy } from '../study-kinds';
import { traitWithin } from '../wording';
import { SessionElement, shared } from './base';
import './file-drop';
import './help';
import './notice';
import { directions, remarks, studyStyles, tableStyles, underWay } from './study-parts';

/** Texts of the user's own along a direction: what they would teach a model that learned of them. */
export class DataSetElement extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    trait: { state: true },
    left: { state: true },
  };
  declare trait: string | null;
  /** Files that came with the one whose texts there are. */
  declare left: TraitscopeError | null;

  constructor() {
    super();
    this.trait = null;
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
    const said = words.monitor.texts;
    return html`<details ?open=${data !== null || session.drafts.texts !== ''}>
      <summary>${said.summary}</summary>
      <div class="stack" data-texts=${data?.status ?? 'none'}>
        ${data?.status === 'running' ? underWay(data, 'text', said.first) : this.#choose()}
        ${remarks(data, session)} ${data?.record ? this.#result(data.record) : null}
      </div>
    </details>`;
  }

  #choose() {
    const { session } = this;
    const trait = this.#chosen();
    const { meter, texts: said } = words.monitor;
    return html`
      <p class="soft small">${said.about}</p>
      ${directions(meter, session.steer.traits, trait, session, name => {
        this.trait = name;
      })}
      <div>
        <label class="field" for="texts">${said.field}</label>
        <textarea
          id="texts"
          spellcheck="false"
          placeholder=${said.example}
          .value=${session.drafts.texts}
          @input=${(event: Event) => {
            this.#type((event.target as HTMLTextAreaElement).value);
          }}
        ></textarea>
      </div>
      <ts-file-drop accept=".txt,.tsv,.json,.jsonl" label=${said.open} @files=${this.#open}></ts-file-drop>
      ${this.left ? html`<ts-notice kind="bad" .of=${this.left}></ts-notice>` : null}
      <div class="row">
        <button data-next ?disabled=${session.busy || session.drafts.texts.trim() === ''} @click=${this.#start}>${said.start}</button>
      </div>
    `;
  }

  #type(texts: string): void {
    this.session.drafts.texts = texts;
    this.requestUpdate();
  }

  #result(record: DataRecord) {
    const { result, texts, trait } = record;
    const said = words.monitor.texts;
    if (result.rows.length === 0) return html`<p class="lean">${said.nothing}</p>`;
    return html`
      ${result.cancelled ? html`<ts-notice kind="warn">${said.early}</ts-notice>` : null}
      <p class="lean">${dataLine(trait, result)}</p>
      <div class="scroll" tabindex="0" role="group" aria-label=${said.group}>
        <table class="num">
          <caption>${said.caption(traitWithin(trait))} <ts-help of="projection"></ts-help></caption>
          <thead>
            <tr>
              <th scope="col">${said.difference}</th><th scope="col">${said.z}</th><th scope="col">${said.text}</th>
              <th scope="col">${said.ownZ}</th><th scope="col">${said.own}</th>
            </tr>
          </thead>
          <tbody>
            ${result.rows.map(row => line(row, texts[row.index]))}
          </tbody>
        </table>
      </div>
      <div class="row"><button @click=${() => saveRecord(record)}>${said.save}</button></div>
    `;
  }

  #chosen(): string {
    const { steer } = this.session;
    return this.trait ?? steer.dials[0]?.trait ?? steer.traits[0] ?? '';
  }

  #open = async ({ detail: [first, ...others] }: CustomEvent<File[]>) => {
    if (!first) return;
    this.left = leftOut(others, words.monitor.texts.oneFile);
    this.#type(await first.text());
  };

  #start = () => {
    this.acted();
    const asked = { kind: 'difference', trait: this.#chosen(), texts: this.session.drafts.texts } as const;
    void this.session.studies.start(makeStudy, asked);
  };
}

function line({ difference, z, own }: DifferenceRow, text: DataText | undefined) {
  return html`<tr>
    <td>${difference === null ? '–' : signed(difference)}</td>
    <td>${signed(z)}</td>
    <td class="text" dir="auto">${text?.prompt ? html`<span class="soft">${text.prompt}</span><br />` : null}${text?.response}</td>
    <td>${own ? signed(own.z) : '–'}</td>
    <td class="text" dir="auto">${own?.text.trim() ?? '–'}</td>
  </tr>`;
}

customElements.define('ts-data-set', DataSetElement);
