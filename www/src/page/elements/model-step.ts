import { css, html } from 'lit';
import { alone } from '#parts/files';
import { words } from '../../i18n';
import type { DeviceChoice } from '../../types';
import { bytes } from '../format';
import { isTrusted } from '../self-test';
import { deviceLine, licenceName, modelLine, selfTestLine } from '../wording';
import { SessionElement, shared } from './base';
import './download-progress';
import './model-choice';
import type { ModelChoiceElement } from './model-choice';
import './notice';
import './own-model';
import './step';
import './stored-models';
import { wayOut } from './way-out';

/** Choose a model, load it, with the test to follow or without, see what it runs on. */
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
    return html`<ts-step heading=${words.model.heading} state=${state}>
      <div class="stack">
        ${loading === 'idle' ? this.#choose() : loading === 'ready' ? this.#ready() : this.#busy()}
        ${this.#error()}
      </div>
    </ts-step>`;
  }

  #choose() {
    const { model } = words;
    return html`
      ${
        alone
          ? html`<p>${model.alone}</p>
              ${this.session.hides('own') ? null : html`<ts-own-model data-next main label=${model.open} .session=${this.session}></ts-own-model>`}`
          : html`<ts-model-choice .session=${this.session}></ts-model-choice>`
      }
      ${alone ? this.#fitting() : null}
      ${this.session.hides('device') ? null : html`<div class="row small">${this.#device()}</div>`}
      ${this.#stored()}
    `;
  }

  #stored() {
    return html`<ts-stored-models .session=${this.session} @emptied=${this.#emptied}></ts-stored-models>`;
  }

  /** The models that the page has more for than a file of any model needs. */
  #fitting() {
    const known = (this.session.catalogue?.models ?? []).filter(({ directions }) => directions);
    const files = known.map(({ file, bytes: size, licence }) =>
      words.model.file(file.split('/').at(-1) ?? file, bytes(size), licenceName(licence)),
    );
    if (files.length === 0) return null;
    return html`<p class="soft small">${words.model.fitting(files)}</p>`;
  }

  #busy() {
    const { file, entry, runFollows } = this.session;
    return html`<div class="name">${file?.name ?? entry?.name ?? words.model.unnamed}</div>
      ${runFollows ? html`<p class="soft">${words.model.testFollows}</p>` : null}
      <ts-download-progress .session=${this.session}></ts-download-progress>`;
  }

  #ready() {
    const { model, selfTest, run, recovery } = this.session;
    if (!model) return null;
    const { info } = model;
    const notice = recovery.deviceNotice;
    return html`
      <div class="choice">
        <div>
          <div class="name">${info.name}</div>
          <div class="soft small">${modelLine(info)} <ts-help of="quantisation"></ts-help></div>
        </div>
        <button ?disabled=${run?.status === 'running'} @click=${() => this.session.unload()}>
          ${words.model.change}
        </button>
      </div>
      <dl>
        <dt>${words.model.runsOn}</dt>
        <dd data-device=${info.device.kind}>${deviceLine(info.device)}</dd>
        ${
          selfTest
            ? html`<dt>${words.model.selfTest}</dt>
              <dd data-self-test=${isTrusted(selfTest) ? 'passed' : 'failed'}>${selfTestLine(selfTest)} <ts-help of="selftest"></ts-help></dd>`
            : null
        }
      </dl>
      ${notice ? html`<ts-notice kind="warn" .of=${notice}></ts-notice>${wayOut(notice, this.session)}` : null}
      ${selfTest && !isTrusted(selfTest) ? wayOut({ code: 'device.selftest', message: '' }, this.session) : null}
      <p>${this.#next()}</p>
      ${model.notices.map(each => html`<ts-notice kind="warn" .of=${each}></ts-notice>`)}
      ${this.session.hides('device') ? null : html`<div class="row small">${this.#device()}</div>`}
      ${this.#stored()}
    `;
  }

  /** What comes next once there is a model. */
  #next() {
    const { run } = this.session;
    if (run?.result) return html`<a class="button primary" href="#results">${words.test.results}</a>`;
    const name = run?.status === 'running' ? words.model.toTest : words.model.chooseTest;
    return html`<a class="button primary" href="#test">${name}</a>`;
  }

  #device() {
    const { settings, run } = this.session;
    const choices: DeviceChoice[] = ['auto', 'gpu', 'cpu'];
    return html`<label class="device soft">
      ${words.model.runOn}
      <select
        ?disabled=${run?.status === 'running'}
        @change=${(event: Event) =>
          this.session.chooseDevice((event.target as HTMLSelectElement).value as DeviceChoice)}
      >
        ${choices.map(
          value =>
            html`<option value=${value} ?selected=${settings.device === value}>${words.model.devices[value]}</option>`,
        )}
      </select>
    </label>`;
  }

  #error() {
    const { modelError, modelsLeft } = this.session;
    return html`
      ${modelError ? html`<ts-notice kind="bad" .of=${modelError}></ts-notice>${wayOut(modelError, this.session)}` : null}
      ${modelsLeft ? html`<ts-notice kind="bad" .of=${modelsLeft}></ts-notice>` : null}
    `;
  }

  #emptied = () => {
    const choice = this.renderRoot.querySelector<ModelChoiceElement>('ts-model-choice');
    if (choice) choice.focusNext();
    else void this.focusOn('.primary');
  };
}

customElements.define('ts-model-step', ModelStepElement);
