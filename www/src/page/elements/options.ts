import { css, html, nothing } from 'lit';
import { words } from '../../i18n/all';
import type { Activations, LabelStyle, PromptMode, Readout } from '../../types';
import { WORDINGS, type Wording } from '../forms';
import { TEMPLATES } from '../templates';
import { READOUT_MEANINGS, READOUT_NAMES } from '../wording';
import { SessionElement, shared } from './base';
import './help';

/** The labels that answers may have instead of those of the template. */
const LABELS: [LabelStyle, string][] = [
  ['upper', 'A B C D'],
  ['lower', 'a b c d'],
  ['digits', '1 2 3 4'],
  ['roman', 'I II III IV'],
  ['lower-roman', 'i ii iii iv'],
];

/** How the items are asked, for those who want to decide. */
export class OptionsElement extends SessionElement {
  static override styles = [
    shared,
    css`
      .body {
        display: grid;
        gap: 1.25rem;
        padding: 0.9rem 0 0.5rem;
      }
      fieldset {
        border: none;
        margin: 0;
        padding: 0;
        min-inline-size: 0;
        display: grid;
        gap: 0.6rem;
      }
      legend,
      .label {
        font-weight: 600;
        padding: 0;
        margin-block-end: 0.35rem;
      }
      .check {
        display: flex;
        gap: 0.6rem;
        align-items: flex-start;
      }
      .check input {
        margin-block-start: 0.2rem;
      }
      pre {
        margin: 0.35rem 0 0.9rem;
        padding: 0.75rem 1rem;
        border-radius: 12px;
        background: var(--sunken);
        font: 0.85rem / 1.5 ui-monospace, "Cascadia Mono", Menlo, monospace;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .label {
        display: block;
      }
      textarea {
        inline-size: 100%;
        min-block-size: 4rem;
        resize: vertical;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr));
        gap: 1.25rem;
      }
      select {
        inline-size: 100%;
      }
      input[type="number"] {
        inline-size: 10rem;
      }
    `,
  ];

  override render() {
    const { session } = this;
    const { settings } = session;
    const said = words.options;
    const labels = [['own', said.ownLabels], ...LABELS];
    const paraphrased = session.items.selection?.bank.items.some(
      item => item.paraphrased_situation !== null || item.paraphrased_query !== null,
    );
    const bare = session.model?.info.has_chat_template === false;
    return html`<details>
      <summary>${said.heading}</summary>
      <div class="body">
        <fieldset>
          <legend>${said.readouts}</legend>
          ${(['continuation', 'letters'] as const).map(readout => this.#readout(readout))}
          ${this.#check(said.askFailing, settings.failing === 'ask', ask => session.set({ failing: ask ? 'ask' : 'skip' }))}
        </fieldset>
        <fieldset ?disabled=${!settings.readouts.includes('letters')}>
          <legend>${said.templatesHeading}</legend>
          <p class="soft small">${said.templatesWhy} <ts-help of="template"></ts-help></p>
          ${WORDINGS.map(template => this.#template(template))}
          <div class="pair">
            <div>
              <label class="label" for="labels">${said.labels}</label>
              <select
                id="labels"
                @change=${(event: Event) => session.set({ labels: (event.target as HTMLSelectElement).value as LabelStyle | 'own' })}
              >
                ${labels.map(([value, label]) => html`<option value=${value} ?selected=${settings.labels === value}>${label}</option>`)}
              </select>
            </div>
            <div>
              <label class="label" for="orders">${said.orders}</label>
              <select
                id="orders"
                @change=${(event: Event) => session.set({ orders: (event.target as HTMLSelectElement).value as 'two' | 'all' })}
              >
                <option value="two" ?selected=${settings.orders === 'two'}>${said.twoOrders}</option>
                <option value="all" ?selected=${settings.orders === 'all'}>${said.allOrders}</option>
              </select>
            </div>
          </div>
        </fieldset>
        <details>
          <summary>${said.texts}</summary>
          ${WORDINGS.map(
            template =>
              html`<h3>${template}</h3>
                <pre lang="en">${TEMPLATES[template].text}</pre>`,
          )}
        </details>
        <fieldset>
          <legend>${said.besides}</legend>
          ${this.#check(said.paraphrases, settings.paraphrases, paraphrases => session.set({ paraphrases }), !paraphrased)}
          ${this.#check(said.gain, settings.gain, gain => session.set({ gain }))}
        </fieldset>
        <div>
          <label class="label" for="system">${said.system}</label>
          <textarea
            id="system"
            maxlength="2000"
            placeholder=${said.noSystem}
            .value=${settings.system ?? ''}
            aria-describedby="system-hint"
            @change=${(event: Event) => session.set({ system: (event.target as HTMLTextAreaElement).value || null })}
          ></textarea>
          <p class="soft small" id="system-hint">${said.systemHint}</p>
        </div>
        <div class="pair">
          <div>
            <label class="label" for="prompt">${said.prompt}</label>
            <select
              id="prompt"
              aria-describedby=${bare ? 'prompt-hint' : nothing}
              @change=${(event: Event) => session.set({ prompt: (event.target as HTMLSelectElement).value as PromptMode })}
            >
              ${(['auto', 'chat', 'raw'] as const).map(
                value =>
                  html`<option value=${value} ?selected=${settings.prompt === value}>${said.prompts[value]}</option>`,
              )}
            </select>
            ${bare ? html`<p class="soft small" id="prompt-hint">${said.noChat}</p>` : null}
          </div>
          <div>
            <label class="label" for="activations">${said.arithmetic}</label>
            <select
              id="activations"
              aria-describedby="activations-hint"
              @change=${(event: Event) => session.set({ activations: (event.target as HTMLSelectElement).value as Activations })}
            >
              ${(
                [
                  ['f32', said.exact],
                  ['int8', said.rounded],
                ] as const
              ).map(
                ([value, label]) =>
                  html`<option value=${value} ?selected=${settings.activations === value}>${label}</option>`,
              )}
            </select>
            <p class="soft small" id="activations-hint">${said.arithmeticHint}</p>
          </div>
          <div>
            <label class="label" for="seed">${said.seed}</label>
            <input
              id="seed"
              type="number"
              min="0"
              max="4294967295"
              step="1"
              .value=${String(settings.seed)}
              aria-describedby="seed-hint"
              @change=${this.#seed}
            />
            <p class="soft small" id="seed-hint">${said.seedHint}</p>
          </div>
        </div>
      </div>
    </details>`;
  }

  #readout(readout: Readout) {
    const { session } = this;
    const { readouts } = session.settings;
    const checked = readouts.includes(readout);
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${checked}
        ?disabled=${checked && readouts.length === 1}
        @change=${(event: Event) => session.set({ readouts: toggled(['letters', 'continuation'], readouts, readout, event) })}
      />
      <span>
        <strong>${READOUT_NAMES[readout]}</strong><br />
        <span class="soft small">${READOUT_MEANINGS[readout]}</span>
      </span>
    </label>`;
  }

  #template(template: Wording) {
    const { session } = this;
    const { templates } = session.settings;
    const checked = templates.includes(template);
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${checked}
        ?disabled=${checked && templates.length === 1}
        @change=${(event: Event) => session.set({ templates: toggled(WORDINGS, templates, template, event) })}
      />
      <span><strong>${template}</strong> <span class="soft small">${TEMPLATES[template].about}</span></span>
    </label>`;
  }

  #check(label: string, checked: boolean, change: (value: boolean) => void, disabled = false) {
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${checked}
        ?disabled=${disabled}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      />
      <span>${label}</span>
    </label>`;
  }

  #seed = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const seed = Number(input.value);
    if (input.value !== '' && input.checkValidity() && Number.isInteger(seed)) this.session.set({ seed });
    else input.value = String(this.session.settings.seed);
  };
}

function toggled<T extends string>(order: T[], chosen: T[], value: T, event: Event): T[] {
  const on = (event.target as HTMLInputElement).checked;
  return order.filter(entry => (entry === value ? on : chosen.includes(entry)));
}

customElements.define('ts-options', OptionsElement);
