import { css, html } from 'lit';
import { lines, type OwnTrait } from '../own-trait';
import { saveBlob } from '../save';
import { traitName } from '../wording';
import { SessionElement, shared } from './base';
import './file-drop';

/** Fewest texts of a side. */
const LEAST = 3;

/** Directions of the user's own: made here of texts, or read from a file; and all of them to be saved. */
export class OwnDirectionElement extends SessionElement {
  static override properties = { ...SessionElement.properties, own: { state: true } };
  declare own: OwnTrait;

  constructor() {
    super();
    this.own = { name: '', description: '', high: '', low: '' };
  }

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
    const { session, own } = this;
    const { steer } = session;
    const counts = [lines(own.high).length, lines(own.low).length];
    const enough = own.name.trim() !== '' && counts.every(count => count >= LEAST);
    return html`<details>
      <summary>Directions of your own</summary>
      <div class="stack">
        <p class="soft">
          A direction is the difference between two kinds of texts. Write at least ${LEAST} of each, alike in everything but
          the trait, one a line; twenty are better.
        </p>
        <label>Name of the trait
          <input type="text" maxlength="60" .value=${own.name} @input=${this.#set('name')} />
        </label>
        <label>What it is (kept with the direction)
          <input type="text" maxlength="500" .value=${own.description} @input=${this.#set('description')} />
        </label>
        <div class="sides">
          <label>Texts that show it <span class="soft small num">(${counts[0]})</span>
            <textarea .value=${own.high} @input=${this.#set('high')} placeholder="I hum while I wash the dishes."></textarea>
          </label>
          <label>Texts that show the opposite <span class="soft small num">(${counts[1]})</span>
            <textarea .value=${own.low} @input=${this.#set('low')} placeholder="I sigh while I wash the dishes."></textarea>
          </label>
        </div>
        <div class="row">
          <button ?disabled=${session.busy || !enough} @click=${() => steer.make(own)}>Make the direction</button>
          ${
            steer.making
              ? html`<span class="soft small num" role="status">${steer.making.total > 0 ? `${steer.making.done} of ${steer.making.total} texts read` : 'reading the texts'}</span>
                  <button @click=${() => steer.stop()}>Stop</button>`
              : null
          }
        </div>
        ${
          steer.made
            ? html`<p class="soft" data-made=${steer.made.trait}>
                ${traitName(steer.made.trait)} is among the dials now.
                ${
                  steer.made.separation === null
                    ? 'There were too few texts to tell how well it separates new ones.'
                    : `It tells ${Math.round(100 * steer.made.separation)} of 100 pairs of texts apart that it was not made of (guessing: 50).`
                }
              </p>`
            : null
        }
        <ts-file-drop
          accept=".gguf,.safetensors"
          label="Or open a file of directions"
          hint="GGUF control vectors or .safetensors files of this model, made here or by another program."
          multiple
          ?disabled=${session.busy}
          @files=${(event: CustomEvent<File[]>) => steer.open(event.detail)}
        ></ts-file-drop>
        ${
          steer.vectors.length > 0
            ? html`<div class="row">
                <button ?disabled=${session.busy} @click=${() => this.#save()}>Save all directions (.safetensors)</button>
                <button ?disabled=${session.busy || steer.dials.length === 0} @click=${() => this.#save(steer.dials[0]?.trait)}>
                  Save the first dial’s (.gguf)
                </button>
              </div>`
            : null
        }
      </div>
    </details>`;
  }

  #set(field: keyof OwnTrait) {
    return (event: Event) => {
      this.own = { ...this.own, [field]: (event.target as HTMLInputElement).value };
    };
  }

  async #save(trait?: string): Promise<void> {
    const file = await this.session.steer.file(trait);
    if (file) saveBlob(file.name, file.blob);
  }
}

customElements.define('ts-own-direction', OwnDirectionElement);
