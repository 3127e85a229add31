import { css, html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { alone } from '#parts/files';
import { words } from '../../i18n/all';
import type { KeptInstrument } from '../../lib/traitscope';
import { bytes } from '../format';
import './ask';
import { SessionElement, shared } from './base';
import './notice';

/**
 * Whether an own item file is kept in this browser, and what is kept already. Tells with an `emptied` event that the last one was removed,
 * and with it the button that had the focus.
 */
export class OwnFileElement extends SessionElement {
  static override styles = [
    shared,
    css`
      .stack > * + * {
        margin-block-start: 0.6rem;
      }
      label {
        display: flex;
        gap: 0.6rem;
        align-items: flex-start;
      }
      label input {
        margin-block-start: 0.2rem;
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      li {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 1rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const { own } = this.session.items;
    const { used, kept, keptFile, keepError } = own;
    const said = words.files;
    // A page opened from a file has no storage for files, so it does not offer it.
    const offered = used !== null && !alone;
    // The one that the box is about goes by the box.
    const others = kept.filter(file => !used || file !== keptFile);
    if (!offered && others.length === 0) return null;
    return html`<div class="stack">
      ${
        offered
          ? html`<label>
              <input
                type="checkbox"
                .checked=${keptFile !== null}
                @change=${this.#changed}
              />
              <span>
                ${said.keep}<br />
                <span class="soft small">${said.keepHint(used.name)}</span>
              </span>
            </label>`
          : null
      }
      ${keepError ? html`<ts-notice kind="warn" .of=${keepError}></ts-notice>` : null}
      ${
        others.length > 0
          ? html`<div>
              <p class="soft small">${said.kept}</p>
              <ul>
                ${others.map(file =>
                  keyed(
                    file.key,
                    html`<li>
                    <span>${file.name} <span class="soft small">${bytes(file.bytes)}</span></span>
                    <ts-ask
                      label=${said.remove}
                      name=${said.removeOf(file.name)}
                      question=${said.sure(file.name)}
                      yes=${said.yes}
                      no=${words.common.spare}
                      @sure=${() => this.#remove(file)}
                    ></ts-ask>
                  </li>`,
                  ),
                )}
              </ul>
            </div>`
          : null
      }
    </div>`;
  }

  async #remove(file: KeptInstrument): Promise<void> {
    await this.session.items.own.remove(file);
    this.say(words.files.removed(file.name));
    if (!(await this.focusOn('ts-ask', 'input'))) this.dispatchEvent(new Event('emptied'));
  }

  #changed = async (event: Event) => {
    const box = event.target as HTMLInputElement;
    const { own } = this.session.items;
    await own.keep(box.checked);
    // Where it could not be kept, the box says so.
    box.checked = own.keptFile !== null;
  };
}

customElements.define('ts-own-file', OwnFileElement);
