import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { words } from '../../i18n';
import type { PartialModel, StoredModel } from '../../lib/traitscope';
import { bytes, share } from '../format';
import { isFileOf } from '../local-models';
import './ask';
import { SessionElement, shared } from './base';
import './notice';

/**
 * The models kept on this computer, with the space that they take. Tells with an `emptied` event that the last one was deleted, and
 * with it the button that had the focus.
 */
export class StoredModelsElement extends SessionElement {
  static override styles = [
    shared,
    css`
      ul {
        list-style: none;
        margin: 0.25rem 0 0;
        padding: 0;
      }
      li {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.35rem 1rem;
        padding: 0.35rem 0;
        border-block-end: 1px solid var(--line);
      }
      li > span {
        overflow-wrap: anywhere;
      }
      p {
        margin-block-start: 0.6rem;
      }
      ul ~ .row {
        margin-block-start: 0.6rem;
      }
    `,
  ];

  override render() {
    const { stored, partial, error } = this.session.local;
    const failed = error ? html`<ts-notice kind="bad" .of=${error}></ts-notice>` : nothing;
    if (stored.length + partial.length === 0) return failed;
    const total =
      stored.reduce((sum, model) => sum + model.bytes, 0) +
      partial.reduce((sum, { done, lasting }) => sum + (lasting ? done : 0), 0);
    const said = words.model.stored;
    return html`<details>
        <summary>${said.summary(bytes(total))}</summary>
        <ul class="stored">
          ${stored.map(model => this.#whole(model))}
          ${partial.map(part => this.#part(part))}
        </ul>
        <p class="soft small" data-used>${this.#used(total)}</p>
        <div class="row small">${this.#lasting()}</div>
      </details>
      ${failed}`;
  }

  #whole(model: StoredModel) {
    const { key, name, bytes: size } = model;
    const said = words.model.stored;
    // What runs may read its file again, on another device or in further instances.
    const loaded = this.session.local.uses(model, this.session);
    return keyed(
      key,
      html`<li data-loaded=${loaded}>
        <span>${name} <span class="soft small">${bytes(size)}</span></span>
        ${loaded ? html`<span class="soft small">${said.inUse(words.model.change)}</span>` : this.#delete(key, name, size)}
      </li>`,
    );
  }

  #part(part: PartialModel) {
    const { key, name, done, total, lasting } = part;
    const entry = this.session.catalogue?.models.find(model => isFileOf(part, model));
    const all = entry?.bytes ?? total;
    const { downloaded, downloadedForNow, resume, stored } = words.model;
    const amount = all === null ? bytes(done) : share(done, all);
    return keyed(
      key,
      html`<li>
      <span>
        ${name}
        <span class="soft small">${lasting ? downloaded(amount) : downloadedForNow(amount)}</span>
      </span>
      <span class="row">
        ${
          entry
            ? html`<button
                ?disabled=${this.session.busy}
                aria-label=${stored.resume(name)}
                @click=${() => this.#resume(entry.id)}
              >
                ${resume}
              </button>`
            : nothing
        }
        ${this.#delete(key, name, done)}
      </span>
    </li>`,
    );
  }

  #delete(key: string, name: string, size: number) {
    const said = words.model.stored;
    return html`<ts-ask
      label=${said.delete}
      name=${said.deleteOf(name)}
      question=${said.sure(name, bytes(size))}
      yes=${words.common.sure}
      no=${words.common.spare}
      @sure=${() => this.#remove(key, name)}
    ></ts-ask>`;
  }

  #used(models: number): string {
    const { storage } = this.session.local;
    const { used, usedOf } = words.model.stored;
    return storage ? usedOf(bytes(models), share(storage.usage, storage.quota)) : used(bytes(models));
  }

  #lasting() {
    const { lasting, refused } = this.session.local;
    const said = words.model.stored;
    if (lasting === null) return nothing;
    if (lasting) {
      return html`<span class="soft" data-lasting="yes">${said.lasts}</span>`;
    }
    return html`<button @click=${() => this.session.local.keep()}>
        ${said.keep}
      </button>
      ${
        refused
          ? html`<span class="soft" data-lasting="refused" role="status">
              ${said.refused}
            </span>`
          : html`<span class="soft" data-lasting="no">${said.mayGo}</span>`
      }`;
  }

  #resume(id: string): void {
    this.acted();
    const { session } = this;
    session.set({ model: id === session.catalogue?.default ? null : id });
    void session.resumeLoad();
  }

  /** The button goes with its model; the next one takes the focus. */
  async #remove(key: string, name: string): Promise<void> {
    const { local } = this.session;
    await local.remove(key);
    if (!local.error) this.say(words.model.stored.deleted(name));
    if (!(await this.focusOn('.stored button, .stored ts-ask', 'summary')))
      this.dispatchEvent(new Event('emptied'));
  }
}

customElements.define('ts-stored-models', StoredModelsElement);
