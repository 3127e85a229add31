import { css, html, nothing } from 'lit';
import type { PartialModel } from '../../lib/traitscope';
import { bytes, share } from '../format';
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
    return html`<details>
        <summary>Kept on this computer (${bytes(total)})</summary>
        <ul class="stored">
          ${stored.map(
            ({ key, name, bytes: size }) =>
              html`<li>
                <span>${name} <span class="soft small">${bytes(size)}</span></span>
                ${this.#delete(key, name)}
              </li>`,
          )}
          ${partial.map(part => this.#part(part))}
        </ul>
        <p class="soft small" data-used>${this.#used(total)}</p>
        <div class="row small">${this.#lasting()}</div>
      </details>
      ${failed}`;
  }

  #part(part: PartialModel) {
    const { key, name, done, total, lasting } = part;
    const entry = this.session.catalogue?.models.find(model => model.sha256 === part.sha256);
    const all = entry?.bytes ?? total;
    const words = all === null ? `${bytes(done)} downloaded` : `${share(done, all)} downloaded`;
    return html`<li>
      <span>
        ${name}
        <span class="soft small">${words}${lasting ? null : ', kept until this tab is closed'}</span>
      </span>
      <span class="row">
        ${
          entry
            ? html`<button
                aria-label=${`Resume the download of ${name}`}
                @click=${() => this.#resume(entry.id)}
              >
                Resume
              </button>`
            : nothing
        }
        ${this.#delete(key, name)}
      </span>
    </li>`;
  }

  #delete(key: string, name: string) {
    return html`<button
      aria-label=${`Delete ${name} from this computer`}
      @click=${() => this.#remove(key)}
    >
      Delete
    </button>`;
  }

  #used(models: number): string {
    const { storage } = this.session.local;
    const together = `The models take ${bytes(models)}`;
    if (!storage) return `${together}. How much this browser allows, it does not tell.`;
    return `${together}; with all else it keeps, this page uses ${share(storage.usage, storage.quota)} that this browser allows.`;
  }

  #lasting() {
    const { lasting, refused } = this.session.local;
    if (lasting === null) return nothing;
    if (lasting) {
      return html`<span class="soft" data-lasting="yes">This browser keeps them even when the disk gets full.</span>`;
    }
    return html`<button @click=${() => this.session.local.keep()}>
        Keep them even when the disk gets full
      </button>
      ${
        refused
          ? html`<span class="soft" data-lasting="refused" role="status">
              This browser did not agree. It may once the page is bookmarked or was used more often.
            </span>`
          : html`<span class="soft" data-lasting="no">Now the browser may delete them to make room.</span>`
      }`;
  }

  #resume(id: string): void {
    this.acted();
    const { session } = this;
    session.set({ model: id === session.catalogue?.default ? null : id });
    void session.resumeLoad();
  }

  /** The button goes with its model; the next one takes the focus. */
  async #remove(key: string): Promise<void> {
    await this.session.local.remove(key);
    await this.updateComplete;
    const next = this.renderRoot.querySelector<HTMLElement>('.stored button');
    if (next) next.focus();
    else this.dispatchEvent(new Event('emptied'));
  }
}

customElements.define('ts-stored-models', StoredModelsElement);
