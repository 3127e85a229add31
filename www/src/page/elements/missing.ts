import { html } from 'lit';
import { words } from '../../i18n';
import type { Session } from '../session';

/** What a place needs and does not have yet, with the way to it; null while it is on its way or there. */
export function missingModel({ loading }: Session) {
  return loading === 'idle'
    ? html`<p><a class="button primary" href="#model">${words.places.loadFirst}</a></p>`
    : null;
}
