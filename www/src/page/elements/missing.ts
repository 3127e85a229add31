import { html } from 'lit';
import { words } from '../../i18n/all';
import type { Session } from '../session';
import './notice';
import { loadAgain } from './way-out';

/** What a place needs and does not have yet, with the way to it; null while it is on its way or there. */
export function missingModel(session: Session) {
  const { loading, recovery } = session;
  if (recovery.gone) {
    return html`<ts-notice kind="warn" data-gone>${words.recovery.gone}</ts-notice>${loadAgain(session, 'primary')}`;
  }
  return loading === 'idle'
    ? html`<p><a class="button primary" href="#model">${words.places.loadFirst}</a></p>`
    : null;
}

/** That a model has no directions, with the way to some; null without a model. */
export function missingDirections(session: Session) {
  const { loading, steer } = session;
  if (loading !== 'ready') return null;
  const { waiting, own } = words.steer;
  if (steer.fetching) return html`<p class="soft">${waiting.fetching}</p>`;
  return html`<p>${waiting.none}</p>
    ${session.hides('steer') ? null : html`<p><a class="button primary" href="#steer">${own.go}</a></p>`}`;
}

/** What a part waits for that stands below another with the way to it; null where nothing is missing. */
export function waitsFor({ loading, steer }: Session, what: 'model' | 'directions') {
  const said = words.places.waits;
  if (loading !== 'ready') return html`<p>${said.model}</p>`;
  if (what === 'model' || steer.vectors.length > 0) return null;
  return html`<p>${steer.fetching ? words.steer.waiting.fetching : said.directions}</p>`;
}
