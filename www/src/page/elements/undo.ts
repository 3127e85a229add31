import { html } from 'lit';
import { words } from '../../i18n/all';

/** That something was deleted, where it stood, and the way to have it back; `name` is what it is called. */
export function undoLine(said: string, name: string, undo: () => void) {
  const { undo: label, undoOf, backUntil } = words.kept;
  return html`<span class="said">${said} <span class="soft small">${backUntil}</span></span>
    <button data-undo aria-label=${undoOf(name)} @click=${undo}>${label}</button>`;
}
