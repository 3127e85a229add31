import { css, html } from 'lit';
import { language, words } from '../../i18n/all';
import type { StudyFile } from '../../types';
import { bundledText } from '../bundled';
import { firstGuess, pace } from '../expected';
import { when } from '../facts';
import { duration } from '../format';
import type { LeftSettings } from '../settings-study';
import { combinations } from '../study-choice';
import { READOUTS_WITHIN } from '../wording';
import { SessionElement, shared } from './base';
import './file-drop';
import './help';
import { waitsFor } from './missing';
import './notice';
import './step';
import { remarks, studyStyles, underWay } from './study-parts';
import { undoLine } from './undo';
import { loadAgain } from './way-out';
import './study-results';

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
    const said = words.studySettings;
    const refused = choice.errors.map(error => html`<ts-notice kind="bad" .of=${error}></ts-notice>`);
    const results = html`<ts-study-results .session=${session}></ts-study-results>`;
    if (session.loading !== 'ready') {
      return html`<ts-step heading=${said.heading} state="waiting">
        <div class="stack">
          <p class="soft">${said.what}</p>
          ${waitsFor(session, 'model')} ${loadAgain(session)}
          ${settings?.error ? html`<ts-notice kind="bad" .of=${settings.error}></ts-notice>` : null}
          ${this.#drop(said.open)} ${refused} ${results}
        </div>
      </ts-step>`;
    }
    const running = settings?.status === 'running';
    return html`<ts-step heading=${said.heading} state=${settings?.status === 'done' ? 'done' : 'current'}>
      <div class="stack" data-settings=${settings?.status ?? 'none'}>
        ${this.#left()}
        ${
          running
            ? html`<p data-finished=${settings.finished}>
                  ${said.finished(html`<strong>${bundledText(settings.file.name)}</strong>`, settings.finished, settings.settings)}
                </p>
                ${underWay(settings, 'item', said.first)}`
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
    const { leftSettings, settings } = session.studies;
    const { found, forgotten } = leftSettings;
    if (settings?.status === 'running') return null;
    return html`${forgotten.toReversed().map(study => html`<div class="row">${undoLine(...this.#forgotten(study), () => this.#undo(study))}</div>`)}
    ${found ? this.#offer(found) : null}`;
  }

  #offer({ head, parts }: LeftSettings) {
    const { session } = this;
    const { leftSettings } = session.studies;
    const said = words.studySettings;
    const can = leftSettings.canGoOn(session.model);
    return html`<ts-notice kind="info">
      <p>
        ${said.unfinished(bundledText(head.file.name), head.model.name, when(head), parts.length)}
        ${leftSettings.others > 0 ? words.kept.others(leftSettings.others) : null}
        ${can ? null : said.needs(head.model.name)}
      </p>
      <div class="row">
        <button ?disabled=${!can || session.busy} @click=${() => session.studies.goOnSettings()}>${said.goOn}</button>
        <button ?disabled=${session.busy} data-forget @click=${this.#forget}>${said.forget}</button>
      </div>
    </ts-notice>`;
  }

  #choose() {
    const { session } = this;
    const { choice } = session.studies;
    const { file, presets } = choice;
    const said = words.studySettings;
    return html`
      <p class="soft">${said.what} <ts-help of="setting"></ts-help></p>
      <div class="choice">
        <label>${said.study}
          <select @change=${(event: Event) => choice.choose((event.target as HTMLSelectElement).value)}>
            ${presets.map(preset => html`<option value=${preset.id} ?selected=${preset.id === choice.id}>${bundledText(preset.file.name)}</option>`)}
            ${file && choice.id === null ? html`<option value="" selected>${said.yours(file.name)}</option>` : null}
          </select>
        </label>
        ${file ? this.#about(file) : null}
      </div>
      ${this.#drop(said.use)}
    `;
  }

  #drop(label: string) {
    if (this.session.hides('own')) return null;
    return html`<ts-file-drop
      accept=".json"
      label=${label}
      hint=${words.studySettings.openHint}
      multiple
      @files=${(event: CustomEvent<File[]>) => this.session.studies.choice.open(event.detail)}
    ></ts-file-drop>`;
  }

  #about(file: StudyFile) {
    const { session } = this;
    const { choice } = session.studies;
    const all = combinations(file);
    const factors = file.factors.map(({ name, levels }) => ({
      name: bundledText(name),
      levels: levels.length,
    }));
    const readouts = file.readouts.map(readout => READOUTS_WITHIN[readout]);
    const { known } = choice;
    const said = words.studySettings;
    return html`
      <p>${bundledText(file.description)}</p>
      ${
        all > 1
          ? html`<label>${said.settings(all.toLocaleString(language))}
                <input
                  type="number"
                  min="1"
                  max=${all}
                  .value=${String(file.settings ?? all)}
                  @change=${(event: Event) => this.#limit(event, all)}
                />
              </label>
              <p class="soft small">${said.varied(factors)}${(file.settings ?? all) < all ? ` ${said.drawn}` : ''}</p>`
          : null
      }
      <p class="soft small" data-size=${choice.size?.units ?? ''}>
        ${file.gate > 0 ? said.readByAfter(readouts, file.gate) : said.readBy(readouts)}
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
                ${all > 1 ? said.start : said.test}
              </button>
            </div>`
      }
    `;
  }

  /** What the files that were opened leave to be asked. */
  #answered(settings: number, all: boolean): string | null {
    if (settings === 0) return null;
    return all ? words.studySettings.allAnswered : words.studySettings.answered(settings);
  }

  /** How much it asks, and how long that will take where it is known. */
  #expected() {
    const { model, selfTest, studies } = this.session;
    const { size, file } = studies.choice;
    const said = words.studySettings;
    if (!size) return said.counting;
    const seconds = model && pace(model.info);
    // Most of what is asked in both ways are letters: a question has one continuation and several orders of letters.
    const kind = file?.readouts.includes('letters') ? 'letters' : 'continuation';
    const guess =
      model && firstGuess({ facts: 0, letters: 0, continuation: 0, [kind]: size.questions }, selfTest);
    const { settings, units, questions } = size;
    if (seconds) return said.sizeAtPace(settings, units, questions, duration(seconds * questions));
    return guess
      ? said.sizeAtGuess(settings, units, questions, duration(guess))
      : said.size(settings, units, questions);
  }

  #limit(event: Event, all: number): void {
    const input = event.target as HTMLInputElement;
    const wanted = Math.min(all, Math.max(1, Math.round(Number(input.value) || 1)));
    input.value = String(wanted);
    void this.session.studies.choice.limit(wanted === all ? null : wanted);
  }

  /** That a study is forgotten, and what it is called. */
  #forgotten({ head }: LeftSettings): [string, string] {
    const name = words.studySettings.studyOf(bundledText(head.file.name), head.model.name, when(head));
    return [words.kept.forgotten(name), name];
  }

  #forget = async () => {
    const { leftSettings } = this.session.studies;
    await leftSettings.giveUp();
    this.session.changed();
    const last = leftSettings.forgotten.at(-1);
    if (last) this.say(this.#forgotten(last)[0]);
    await this.focusOn('[data-undo]', '[data-forget]');
  };

  async #undo(study: LeftSettings): Promise<void> {
    const back = await this.session.studies.leftSettings.undo(study);
    this.session.changed();
    if (back) this.say(words.kept.back(this.#forgotten(study)[1]));
    await this.focusOn('[data-forget]');
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
