import { words } from '../i18n';
import type { Session } from './session';
import { underWay } from './under-way';

/** What a screen reader hears of the page's state: it changes at quarters of the way, not at every step. */
export function announcement(session: Session): string {
  const { loading, run, model, selfTest } = session;
  const now = underWay(session);
  const said = words.places.announced;
  if (now)
    return now.total > 0 ? said.progress(now.words, quarter(now.done, now.total)) : said.underWay(now.words);
  if (session.latest === 'report') return said.report;
  if (session.latest === 'answers') return said.answers;
  if (session.latest === 'study') return said.study;
  if (session.latest === 'text') return said.text;
  if (run?.result && (!model || run.ranOn(model))) {
    return run.result.cancelled ? said.stopped(run.itemsDone) : said.finished(run.itemsDone);
  }
  if (session.paused && loading === 'idle') return said.paused;
  if (loading !== 'ready' || !model) return '';
  return selfTest?.passed === false ? said.selfTestFailed : said.ready(model.info.name);
}

/** Percent. */
function quarter(done: number, total: number): number {
  return Math.floor((4 * done) / total) * 25;
}
