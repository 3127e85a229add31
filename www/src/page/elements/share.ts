import { css, html } from 'lit';
import { words } from '../../i18n/all';
import { HIDEABLE, type Hideable, type Settings } from '../settings';
import { linkTo } from '../share';
import { SessionElement, shared } from './base';

/** A link for a class: what is set here, what is hidden there, and how large it is shown. */
export class ShareElement extends SessionElement {
  static override properties = {
    ...SessionElement.properties,
    hide: { state: true },
    large: { state: true },
    said: { state: true },
  };
  declare hide: Hideable[];
  declare large: boolean;
  /** What came of copying. */
  declare said: string;

  constructor() {
    super();
    this.hide = [];
    this.large = false;
    this.said = '';
  }

  static override styles = [
    shared,
    css`
      .stack > * + * {
        margin-block-start: 0.9rem;
      }
      fieldset {
        border: none;
        margin: 0;
        padding: 0;
        min-inline-size: 0;
      }
      legend {
        padding: 0;
        font-weight: 600;
        margin-block-end: 0.4rem;
      }
      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: 0.4rem 1.25rem;
      }
      [for='link'] {
        display: block;
        font-weight: 600;
      }
      textarea {
        inline-size: 100%;
        min-block-size: 4.5rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const { share } = words;
    const { settings } = this.session;
    return html`<div class="stack">
      <p>${share.what}</p>
      <p class="soft small">${share.left}</p>
      <fieldset>
        <legend>${share.hide}</legend>
        <div class="parts">
          ${HIDEABLE.map(part => this.#box(share.parts[part], this.hide.includes(part), on => this.#hide(part, on)))}
        </div>
      </fieldset>
      ${this.#box(share.large, this.large, on => {
        this.large = on;
        this.said = '';
      })}
      <label for="link">${share.link}</label>
      <textarea id="link" readonly .value=${this.#link()} @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}></textarea>
      <div class="row">
        <button @click=${this.#copy}>${share.copy}</button>
        <span aria-live="polite">${this.said}</span>
      </div>
      <p class="soft small">${share.after}</p>
      ${this.#box(share.here, settings.show === 'large', on => this.session.set({ show: on ? 'large' : 'normal' }))}
    </div>`;
  }

  #box(words: string, checked: boolean, change: (on: boolean) => void) {
    return html`<label class="row">
      <input
        type="checkbox"
        .checked=${checked}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      />
      <span>${words}</span>
    </label>`;
  }

  #link(): string {
    const show: Settings['show'] = this.large ? 'large' : 'normal';
    return linkTo(this.session.settings, this.hide, show);
  }

  #hide(part: Hideable, on: boolean): void {
    this.hide = on ? [...this.hide, part] : this.hide.filter(one => one !== part);
    this.said = '';
  }

  #copy = async () => {
    const { share } = words;
    this.said = await navigator.clipboard.writeText(this.#link()).then(
      () => share.copied,
      () => share.notCopied,
    );
  };
}

customElements.define('ts-share', ShareElement);
