import { css, html } from 'lit';
import type { StudyFile } from '../../types';
import { firstGuess, pace } from '../expected';
import { duration, listed, plural } from '../format';
import { combinations } from '../study-facts';
import { READOUT_NAMES } from '../wording';
import { SessionElement, shared } from './base';
import './file-drop';
import './notice';
import './step';
import { remarks, studyStyles, underWay } from './study-parts';
import './study-results';

const HEADING = 'How much depends on how one asks?';
const WHAT =
  'The same questions again and again: under other personas, in other words, orders or languages. What stays is the model’s own; what moves is due to the asking.';

/** One instrument under many settings. */
export class SettingsStepElement extends SessionElement {
  static override styles = [
    shared,
    studyStyles,
    css`
      .choice {
        display: grid;
        gap: 0.75rem;
      }
      label {
        font-weight: 600;
      }
      select,
      input[type="number"] {
        display: block;
        font-weight: 400;
        margin-block-start: 0.35rem;
        max-inline-size: 100%;
      }
      input[type="number"] {
        inline-size: 8rem;
      }
    `,
  ];

  override render() {
    const { session } = this;
    const { settings, choice } = session.studies;
    const refused = choice.errors.map(error => html`<ts-notice kind="bad" .of=${error}></ts-notice>`);
    const results = html`<ts-study-results .session=${session}></ts-study-results>`;
    if (session.loading !== 'ready') {
      return html`<ts-step heading=${HEADING} state="waiting">
        <div class="stack">
          <p class="soft">${WHAT}</p>
          ${this.#drop('Open saved answers to a study')} ${refused} ${results}
        </div>
      </ts-step>`;
    }
    const running = settings?.status === 'running';
    return html`<ts-step heading=${HEADING} state=${settings?.status === 'done' ? 'done' : 'current'}>
      <div class="stack" data-settings=${settings?.status ?? 'none'}>
        ${this.#left()}
        ${
          running
            ? html`<p data-finished=${settings.finished}>
                  <strong>${settings.file.name}</strong>: ${settings.finished} of ${plural(settings.settings, 'setting')} finished
                </p>
                ${underWay(settings, 'item', 'Preparing the settings')}`
            : this.#choose()
        }
        ${refused}
        ${remarks(settings, session)}
        ${results}
      </div>
    </ts-step>`;
  }

  /** A study that did not come to its end. */
  #left() {
    const { session } = this;
    const { kept, settings } = session.studies;
    const { found } = kept;
    if (!found || settings?.status === 'running') return null;
    const when = new Date(found.date).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
    const can = kept.canGoOn(session.model);
    return html`<ts-notice kind="info">
      <p>
        “${found.file.name}” with ${found.model.name}, begun on ${when}, was not finished. Its answers under ${plural(found.answers.length, 'setting')} are kept in this browser.
        ${can ? null : `It can be gone on with once ${found.model.name} is loaded.`}
      </p>
      <div class="row">
        <button ?disabled=${!can || session.busy} @click=${() => session.studies.goOn()}>Go on with it</button>
        <button ?disabled=${session.busy} @click=${() => this.#forget()}>Forget it</button>
      </div>
    </ts-notice>`;
  }

  #choose() {
    const { session } = this;
    const { choice } = session.studies;
    const { file, presets } = choice;
    return html`
      <p class="soft">${WHAT}</p>
      <div class="choice">
        <label>Study
          <select @change=${(event: Event) => choice.choose((event.target as HTMLSelectElement).value)}>
            ${presets.map(preset => html`<option value=${preset.id} ?selected=${preset.id === choice.id}>${preset.file.name}</option>`)}
            ${file && choice.id === null ? html`<option value="" selected>${file.name} (your file)</option>` : null}
          </select>
        </label>
        ${file ? this.#about(file) : null}
      </div>
      ${this.#drop('Use a study of your own, or open saved answers')}
    `;
  }

  #drop(label: string) {
    return html`<ts-file-drop
      accept=".json"
      label=${label}
      hint="Drop one or more files (.json) here, or press to choose them. Saved answers are shown at once. Those of one model to the same study are put together, so that several computers can share the work; those of others are held against each other."
      multiple
      @files=${(event: CustomEvent<File[]>) => this.session.studies.choice.open(event.detail)}
    ></ts-file-drop>`;
  }

  #about(file: StudyFile) {
    const { session } = this;
    const { choice } = session.studies;
    const all = combinations(file);
    const varied = listed(file.factors.map(({ name, levels }) => plural(levels.length, name)));
    const { known } = choice;
    return html`
      <p>${file.description}</p>
      ${
        all > 1
          ? html`<label>Settings to ask, of ${all.toLocaleString('en')}
                <input
                  type="number"
                  min="1"
                  max=${all}
                  .value=${String(file.settings ?? all)}
                  @change=${(event: Event) => this.#limit(event, all)}
                />
              </label>
              <p class="soft small">Varied: ${varied}.${(file.settings ?? all) < all ? ' Which settings are asked is drawn by the seed, so that each level comes equally often.' : ''}</p>`
          : null
      }
      <p class="soft small" data-size=${choice.size?.units ?? ''}>
        Read by ${listed(file.readouts.map(readout => READOUT_NAMES[readout].toLowerCase()))}${file.gate > 0 ? `, after ${plural(file.gate, 'factual question')}` : ''}.
        ${this.#expected()}
        ${this.#answered(known.settings, known.all)}
      </p>
      ${
        known.all
          ? null
          : html`<div class="row">
              <button
                data-next
                ?disabled=${session.busy || !choice.size}
                @click=${all > 1 ? this.#start : () => this.#test(file)}
              >
                ${all > 1 ? 'Carry out the study' : 'Give this test'}
              </button>
            </div>`
      }
    `;
  }

  /** What the files that were opened leave to be asked. */
  #answered(settings: number, all: boolean): string | null {
    if (settings === 0) return null;
    if (all) return 'All of them are answered in the files that were opened: nothing is left to ask.';
    return `${plural(settings, 'setting')} of them ${settings === 1 ? 'is' : 'are'} answered in the files that were opened.`;
  }

  /** How much it asks, and how long that will take where it is known. */
  #expected() {
    const { model, selfTest, studies } = this.session;
    const { size, file } = studies.choice;
    if (!size) return 'Counting the questions…';
    const seconds = model && pace(model.info);
    // Most of what is asked in both ways are letters: a question has one continuation and several orders of letters.
    const kind = file?.readouts.includes('letters') ? 'letters' : 'continuation';
    const guess =
      model && firstGuess({ facts: 0, letters: 0, continuation: 0, [kind]: size.questions }, selfTest);
    const time = seconds
      ? `, ${duration(seconds * size.questions)} at the pace of the last test`
      : guess
        ? `, at a first guess ${duration(guess)}`
        : '';
    return `${plural(size.settings, 'setting')}, ${plural(size.units, 'item')} altogether: ${plural(size.questions, 'question')}${time}.`;
  }

  #limit(event: Event, all: number): void {
    const input = event.target as HTMLInputElement;
    const wanted = Math.min(all, Math.max(1, Math.round(Number(input.value) || 1)));
    input.value = String(wanted);
    void this.session.studies.choice.limit(wanted === all ? null : wanted);
  }

  async #forget(): Promise<void> {
    await this.session.studies.kept.forget();
    this.session.changed();
  }

  #test(file: StudyFile): void {
    this.acted();
    void this.session.giveTest(file);
  }

  #start = () => {
    this.acted();
    void this.session.studies.startSettings();
  };
}

customElements.define('ts-settings-step', SettingsStepElement);
