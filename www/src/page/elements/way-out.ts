import { html, nothing } from 'lit';
import { words } from '../../i18n';
import { endsWorker } from '../../lib/connection';
import type { Notice } from '../../types';
import type { Session } from '../session';

/** The button that leads out of an error where one does: to the CPU, or to the same model once more. */
export function wayOut(error: Notice, session: Session) {
  const { recovery } = session;
  const said = words.recovery;
  if (recovery.offersCpu(error)) {
    return html`<div><button data-to-cpu @click=${() => recovery.toCpu()}>${said.toCpu}</button></div>`;
  }
  return endsWorker(error.code) ? loadAgain(session) : nothing;
}

/** Loads the model again whose worker has ended; nothing where none has. */
export function loadAgain({ recovery }: Session, kind: 'primary' | '' = '') {
  const { last } = recovery;
  if (!recovery.gone || last === null) return nothing;
  return html`<div>
    <button class=${kind} data-load-again @click=${() => recovery.loadAgain()}>${words.recovery.loadAgain(last)}</button>
  </div>`;
}
