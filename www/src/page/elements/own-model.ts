import { html } from 'lit';
import { words } from '../../i18n';
import { openModels } from '../open-files';
import { SessionElement, shared } from './base';
import './file-drop';
import type { FileDropElement } from './file-drop';

/** Where a model file of the user's own is opened. */
export class OwnModelElement extends SessionElement {
  static override properties = { ...SessionElement.properties, label: {}, main: { type: Boolean } };
  declare label: string;
  /** Whether it is what comes next. */
  declare main: boolean;

  static override styles = [shared];

  override focus(options?: FocusOptions): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<FileDropElement>('ts-file-drop')?.focus(options),
    );
  }

  override render() {
    return html`<ts-file-drop
      accept=".gguf"
      label=${this.label}
      hint=${words.model.openHint}
      ?main=${this.main}
      @files=${this.#open}
    ></ts-file-drop>`;
  }

  #open = (event: CustomEvent<File[]>) => {
    this.acted();
    void openModels(this.session, event.detail);
  };
}

customElements.define('ts-own-model', OwnModelElement);
