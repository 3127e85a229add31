import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { lines, type OwnTrait } from '../own-trait';
import { saveBlob } from '../save';
import { traitName } from '../wording';
import { SessionElement, shared } from './base';
import './file-drop';
import './help';

/** Fewest texts of a side. */
const LEAST = 3;

/** Directions of the user's own: made here of texts, or read from a file; and all of them to be saved. */
export class OwnDirectionElement extends SessionElement {
  static override styles = [
    shared,
    css`
      .stack > * + * {
        margin-block-start: 1rem;
      }
      label {
        display: block;
        font-weight: 600;
      }
      input[type="text"],
      textarea {
        display: block;
        inline-size: 100%;
        margin-block-start: 0.35rem;
        font: inherit;
        color: inherit;
        background: var(--surface);
        border: 1px solid var(--line-strong);
        border-radius: 8px;
        padding: 0.45rem 0.6rem;
        min-block-size: 2.75rem;
      }
      textarea {
        min-block-size: 7rem;
        resize: vertical;
      }
      .sides {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
        gap: 1rem;
      }
    `,
  ];

  override render() {
    const { session } = this;
    const { steer, drafts } = session;
    const own = drafts.trait;
    const counts = [lines(own.high).length, lines(own.low).length];
    const said = words.steer.own;
    const enough = own.name.trim() !== '' && counts.every(count => count >= LEAST);
    // Without any direction there is nothing else to do.
    const first = steer.vectors.length === 0;
    return html`<details ?open=${first || counts.some(count => count > 0)}>
      <summary>${said.summary}</summary>
      <div class="stack">
        <p class="soft">${said.about(LEAST)} <ts-help of="direction"></ts-help></p>
        <p class="soft small">${said.kept}</p>
        <label>${said.name}
          <input type="text" maxlength="60" .value=${own.name} @input=${this.#set('name')} />
        </label>
        <label>${said.description}
          <input type="text" maxlength="500" .value=${own.description} @input=${this.#set('description')} />
        </label>
        <div class="sides">
          <label>${said.high} <span class="soft small num">(${counts[0]})</span>
            <textarea .value=${own.high} @input=${this.#set('high')} placeholder=${said.highExample}></textarea>
          </label>
          <label>${said.low} <span class="soft small num">(${counts[1]})</span>
            <textarea .value=${own.low} @input=${this.#set('low')} placeholder=${said.lowExample}></textarea>
          </label>
        </div>
        <div class="row">
          <button class=${first ? 'primary' : ''} ?disabled=${session.busy || !enough} @click=${() => steer.make(own)}>${said.make}</button>
          ${
            steer.making
              ? html`<span class="soft small num">${steer.making.total > 0 ? said.read(steer.making.done, steer.making.total) : said.reading}</span>
                  <button @click=${() => steer.stop()}>${words.steer.stop}</button>`
              : null
          }
        </div>
        ${
          steer.made
            ? html`<p class="soft" data-made=${steer.made.trait}>
                ${said.made(traitName(steer.made.trait))}
                ${
                  steer.made.separation === null
                    ? said.tooFew
                    : said.separates(Math.round(100 * steer.made.separation))
                }
                <ts-help of="separation"></ts-help>
              </p>`
            : null
        }
        <ts-file-drop
          accept=".gguf,.safetensors"
          label=${said.open}
          hint=${said.openHint}
          multiple
          ?disabled=${session.busy}
          @files=${(event: CustomEvent<File[]>) => steer.open(event.detail)}
        ></ts-file-drop>
        ${
          steer.vectors.length > 0
            ? html`<div class="row">
                <button ?disabled=${session.busy} @click=${() => this.#save()}>${said.saveAll}</button>
                <button ?disabled=${session.busy || steer.dials.length === 0} @click=${() => this.#save(steer.dials[0]?.trait)}>
                  ${said.saveFirst}
                </button>
              </div>`
            : null
        }
      </div>
    </details>`;
  }

  #set(field: keyof OwnTrait) {
    return (event: Event) => {
      const { drafts } = this.session;
      drafts.trait = { ...drafts.trait, [field]: (event.target as HTMLInputElement).value };
      this.requestUpdate();
    };
  }

  async #save(trait?: string): Promise<void> {
    const file = await this.session.steer.file(trait);
    if (file) saveBlob(file.name, file.blob);
  }
}

customElements.define('ts-own-direction', OwnDirectionElement);
