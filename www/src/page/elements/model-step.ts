import { css, html } from 'lit';
import type { DeviceChoice } from '../../types';
import { bytes } from '../format';
import { openModels } from '../open-files';
import { deviceLine, licenceName, modelLine, phaseName, selfTestLine } from '../wording';
import { SessionElement, shared } from './base';
import './file-drop';
import './notice';
import './step';

/** Not every browser has a place where a page may keep a file of that size. */
const DOWNLOAD =
  navigator.storage && 'getDirectory' in navigator.storage
    ? 'downloaded once, then kept on this computer'
    : 'downloaded on each visit, since this browser cannot keep it';

/** Step 1: choose a model, load it, with the test to follow or without, see what it runs on. */
export class ModelStepElement extends SessionElement {
  static override styles = [
    shared,
    css`
      .choice {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 1rem 1.5rem;
      }
      .name {
        font-size: 1.1rem;
        font-weight: 650;
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.35rem 1rem;
        margin: 0;
      }
      dt {
        color: var(--ink-soft);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .bytes {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 1rem;
        margin-block-end: 0.4rem;
      }
      .stored {
        list-style: none;
        margin: 0.25rem 0 0;
        padding: 0;
      }
      .stored li {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 1rem;
        padding: 0.35rem 0;
        border-block-end: 1px solid var(--line);
      }
      .device {
        display: inline-flex;
        align-items: center;
        gap: 0.6rem;
      }
      @media (max-width: 32rem) {
        dl {
          grid-template-columns: 1fr;
          gap: 0;
        }
        dd + dt {
          margin-block-start: 0.5rem;
        }
      }
    `,
  ];

  override render() {
    const { loading } = this.session;
    const state = loading === 'ready' ? 'done' : 'current';
    return html`<ts-step number="1" heading="Model" state=${state}>
      <div class="stack">
        ${loading === 'idle' ? this.#choose() : loading === 'ready' ? this.#ready() : this.#busy()}
        ${this.#error()}
      </div>
    </ts-step>`;
  }

  #choose() {
    const { session } = this;
    const { entry, catalogue, stored, selection } = session;
    const here = entry !== null && stored.some(model => model.sha256 === entry.sha256);
    return html`
      ${
        entry && catalogue
          ? html`<div class="choice">
              <div>
                <div class="name">
                  ${
                    catalogue.models.length > 1
                      ? html`<select aria-label="Model" @change=${this.#pickModel}>
                          ${catalogue.models.map(
                            model =>
                              html`<option value=${model.id} ?selected=${model.id === entry.id}>
                                ${model.name}
                              </option>`,
                          )}
                        </select>`
                      : entry.name
                  }
                </div>
                <div class="soft small">
                  ${bytes(entry.bytes)} · ${licenceName(entry.licence)} ·
                  ${here ? 'kept on this computer, no download needed' : DOWNLOAD}
                </div>
              </div>
              <div class="row">
                <button
                  class="primary"
                  data-next
                  ?disabled=${selection?.size === 0}
                  @click=${() => this.#load(true)}
                >
                  Load the model and run the test
                </button>
                <button @click=${() => this.#load()}>Only load it</button>
              </div>
            </div>`
          : session.modelError
            ? null
            : html`<p class="soft">Fetching the list of models…</p>`
      }
      <ts-file-drop
        accept=".gguf"
        label="Or open a model file of your own"
        hint="Drop a .gguf file here, or press to choose one. It stays on your computer."
        @files=${this.#open}
      ></ts-file-drop>
      <div class="row small">${this.#device()}</div>
      ${this.#storedList()}
    `;
  }

  #busy() {
    const { loading, progress, file, entry, runFollows, cancelling, cancellable } = this.session;
    const name = file?.name ?? entry?.name ?? 'the model';
    const known = loading === 'loading' && progress !== null && progress.total > 0;
    const inBytes = progress?.phase === 'download' || progress?.phase === 'verify';
    const words =
      loading === 'testing'
        ? 'Checking that this device computes correctly'
        : phaseName(progress?.phase ?? 'start');
    return html`<div class="name">${name}</div>
      <div>
        <div class="bytes">
          <span id="what">${words}…</span>
          <span class="num soft" data-progress>
            ${
              cancelling
                ? 'cancelling…'
                : !known
                  ? null
                  : inBytes
                    ? `${bytes(progress.done)} of ${bytes(progress.total)}`
                    : `${Math.floor((100 * progress.done) / progress.total)}%`
            }
          </span>
        </div>
        ${
          known
            ? html`<progress aria-labelledby="what" max=${progress.total} value=${progress.done}></progress>`
            : html`<progress aria-labelledby="what"></progress>`
        }
      </div>
      ${runFollows ? html`<p class="soft">The test begins by itself as soon as the model is ready.</p>` : null}
      ${
        cancellable
          ? html`<div>
              <button data-next ?disabled=${cancelling} @click=${() => this.session.cancelLoad()}>
                Cancel
              </button>
            </div>`
          : null
      }`;
  }

  #ready() {
    const { model, selfTest, run } = this.session;
    if (!model) return null;
    const { info } = model;
    const notice = info.device.notice;
    return html`
      <div class="choice">
        <div>
          <div class="name">${info.name}</div>
          <div class="soft small">${modelLine(info)}</div>
        </div>
        <button ?disabled=${run?.status === 'running'} @click=${() => this.session.unload()}>
          Change model
        </button>
      </div>
      <dl>
        <dt>Runs on</dt>
        <dd data-device=${info.device.kind}>${deviceLine(info.device)}</dd>
        ${
          selfTest
            ? html`<dt>Self-test</dt>
              <dd data-self-test=${selfTest.passed ? 'passed' : 'failed'}>${selfTestLine(selfTest)}</dd>`
            : null
        }
      </dl>
      ${notice ? html`<ts-notice kind="warn" .of=${notice}></ts-notice>` : null}
      ${model.notices.map(each => html`<ts-notice kind="warn" .of=${each}></ts-notice>`)}
      <div class="row small">${this.#device()}</div>
    `;
  }

  #device() {
    const { settings, run } = this.session;
    const choices: [DeviceChoice, string][] = [
      ['auto', 'GPU if it works, else CPU'],
      ['gpu', 'GPU'],
      ['cpu', 'CPU'],
    ];
    return html`<label class="device soft">
      Run on
      <select
        ?disabled=${run?.status === 'running'}
        @change=${(event: Event) =>
          this.session.chooseDevice((event.target as HTMLSelectElement).value as DeviceChoice)}
      >
        ${choices.map(
          ([value, label]) =>
            html`<option value=${value} ?selected=${settings.device === value}>${label}</option>`,
        )}
      </select>
    </label>`;
  }

  #storedList() {
    const { stored } = this.session;
    if (stored.length === 0) return null;
    const total = stored.reduce((sum, model) => sum + model.bytes, 0);
    return html`<details>
      <summary>Kept on this computer (${bytes(total)})</summary>
      <ul class="stored">
        ${stored.map(
          model =>
            html`<li>
              <span>${model.name} <span class="soft small">${bytes(model.bytes)}</span></span>
              <button
                aria-label=${`Delete ${model.name} from this computer`}
                @click=${() => this.#remove(model.key)}
              >
                Delete
              </button>
            </li>`,
        )}
      </ul>
    </details>`;
  }

  #error() {
    const { modelError, modelsLeft } = this.session;
    return html`
      ${modelError ? html`<ts-notice kind="bad" .of=${modelError}></ts-notice>` : null}
      ${modelsLeft ? html`<ts-notice kind="bad" .of=${modelsLeft}></ts-notice>` : null}
    `;
  }

  #pickModel = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    this.session.set({ model: value === this.session.catalogue?.default ? null : value });
  };

  /** The button goes with its model; the next one, or the one that loads a model, takes the focus. */
  async #remove(key: string): Promise<void> {
    await this.session.removeStored(key);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.stored button, [data-next]')?.focus();
  }

  #open = (event: CustomEvent<File[]>) => {
    this.acted();
    void openModels(this.session, event.detail);
  };

  #load(thenRun = false): void {
    this.acted();
    void this.session.load(null, { thenRun });
  }
}

customElements.define('ts-model-step', ModelStepElement);
