import { words } from '../i18n';
import { isTrusted } from './self-test';
import type { Session } from './session';
import { type UnderWay, underWay } from './under-way';

/** What came to its end, as far as it is told of. */
export type Latest =
  | 'run'
  | 'study'
  | 'studyFailed'
  | 'studyStopped'
  | 'text'
  | 'direction'
  | 'directions'
  | 'layers'
  | 'report'
  | 'answers'
  | 'nothing';

/** What a screen reader hears of the page's state: of what is under way its beginning and each quarter once, then how it ended. */
export class Announcer {
  #text = '';
  /** The furthest quarter that was told of each part of what is under way. */
  #told = new Map<string, number>();

  text(session: Session): string {
    const now = underWay(session);
    if (now) return this.#progress(now);
    this.#told.clear();
    this.#text = ended(session);
    return this.#text;
  }

  /** The same as before until another quarter is done: totals are reckoned at first, and a download may begin again. */
  #progress({ words: what, part, done, total }: UnderWay): string {
    // That all is done is told by what comes next.
    const quarter = total > 0 ? Math.min(3, Math.floor((4 * done) / total)) : 0;
    if (quarter <= (this.#told.get(part) ?? -1)) return this.#text;
    this.#told.set(part, quarter);
    const said = words.places.announced;
    this.#text = quarter > 0 ? said.progress(what, 25 * quarter) : said.underWay(what);
    return this.#text;
  }
}

function ended(session: Session): string {
  const { loading, run, model, selfTest, latest } = session;
  const said = words.places.announced;
  if (latest === 'run') {
    if (!run?.result) return '';
    return run.result.cancelled ? said.stopped(run.itemsDone) : said.finished(run.itemsDone);
  }
  if (latest !== null) return latest === 'nothing' ? '' : said[latest];
  if (session.paused && loading === 'idle') return said.paused;
  if (loading !== 'ready' || !model) return '';
  return selfTest && !isTrusted(selfTest) ? said.selfTestFailed : said.ready(model.info.name);
}
