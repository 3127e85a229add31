import { css, html, LitElement } from 'lit';
import { shared } from './base';

/**
 * A place to drop files or to pick one, or several where it is `multiple`. Tells of them with a `files` event whose detail is a File[]: several
 * can be dropped anywhere, and whoever takes them says which ones it leaves.
 */
export class FileDropElement extends LitElement {
  static override properties = {
    accept: {},
    label: {},
    hint: {},
    multiple: { type: Boolean },
    main: { type: Boolean },
    disabled: { type: Boolean },
    over: { state: true },
  };
  declare accept: string;
  declare label: string;
  declare hint: string;
  declare multiple: boolean;
  /** Whether it is what comes next in its place. */
  declare main: boolean;
  declare disabled: boolean;
  declare over: boolean;

  constructor() {
    super();
    this.accept = '';
    this.label = '';
    this.hint = '';
    this.multiple = false;
    this.main = false;
    this.disabled = false;
    this.over = false;
  }

  static override styles = [
    shared,
    css`
      label {
        display: block;
        border: 1.5px dashed var(--line-strong);
        border-radius: 12px;
        padding: 0.9rem 1rem;
        cursor: pointer;
        text-align: center;
      }
      label.over,
      label:hover {
        background: var(--accent-soft);
        border-color: var(--accent);
      }
      label:has(:focus-visible) {
        outline: 3px solid var(--focus);
        outline-offset: 2px;
      }
      label:has(:disabled) {
        opacity: 0.5;
        cursor: default;
      }
      strong:not(.primary) {
        color: var(--accent-strong);
      }
      .primary {
        margin-block-end: 0.4rem;
      }
    `,
  ];

  /** The focus goes to what opens the files, as soon as that is there. */
  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus(options));
  }

  override render() {
    return html`<label
      class=${this.over ? 'over' : ''}
      @dragover=${this.#dragOver}
      @dragleave=${() => {
        this.over = false;
      }}
      @drop=${this.#drop}
    >
      <strong class=${this.main ? 'button primary' : ''}>${this.label}</strong><br />
      <span class="soft small">${this.hint}</span>
      <input
        class="visually-hidden"
        type="file"
        accept=${this.accept}
        ?multiple=${this.multiple}
        ?disabled=${this.disabled}
        @change=${this.#pick}
      />
    </label>`;
  }

  #dragOver = (event: DragEvent) => {
    event.preventDefault();
    this.over = true;
  };

  #drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    this.over = false;
    this.#take(event.dataTransfer?.files);
  };

  #pick = (event: Event) => {
    const input = event.target as HTMLInputElement;
    this.#take(input.files);
    // The same file may be picked again after it was mended.
    input.value = '';
  };

  #take(list: FileList | null | undefined): void {
    const files = [...(list ?? [])];
    if (files.length > 0 && !this.disabled) this.dispatchEvent(new CustomEvent('files', { detail: files }));
  }
}

customElements.define('ts-file-drop', FileDropElement);
