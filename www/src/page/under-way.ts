import { words } from '../i18n';
import type { Place } from './places';
import type { Session } from './session';
import type { Study } from './study';
import { phaseName } from './wording';

/** What the page is doing. */
export interface UnderWay {
  /** Where it is shown. */
  place: Place;
  words: string;
  /** What of it is counted by itself. */
  part: string;
  done: number;
  /** 0 where it is not known. */
  total: number;
}

/** What is under way; null for nothing. */
export function underWay(session: Session): UnderWay | null {
  const { loading, progress, run, steer } = session;
  const said = words.places.underWay;
  if (loading === 'loading') {
    const { done = 0, total = 0 } = progress ?? {};
    const loads = session.runFollows ? said.loadingForTest : said.loading;
    const what = progress && total > 0 ? phaseName(progress.phase) : loads;
    return { place: 'model', words: what, part: what, done, total };
  }
  if (loading === 'testing') {
    return { place: 'model', words: said.checking, part: 'checking', done: 0, total: 0 };
  }
  if (run?.status === 'running') {
    const asks = run.phase === 'gate' ? said.gate : said.items;
    return { place: 'test', words: asks, part: 'test', done: run.done, total: run.total };
  }
  const study = session.studies.running;
  if (study) {
    const { done, total, stage } = study;
    const whole = study === session.studies.data ? said.texts : said.study;
    const what = stage === null ? whole : said[stage];
    return { place: placeOf(study, session), words: what, part: what, done, total };
  }
  if (steer.working) {
    const { done = 0, total = 0 } = steer.making ?? {};
    const part = steer.making ? 'direction' : 'opening';
    return { place: 'steer', words: said[part], part, done, total };
  }
  if (steer.writing) {
    const what = said[steer.readsLayers ? 'layers' : steer.writing];
    return { place: 'steer', words: what, part: what, done: 0, total: 0 };
  }
  return null;
}

function placeOf(study: Study, { studies }: Session): Place {
  if (study === studies.settings) return 'test';
  if (study === studies.free) return 'results';
  return study === studies.monitor || study === studies.data ? 'monitor' : 'steer';
}

/** What there is to say of places beside their names; null for nothing. */
export function placeState(place: Place, session: Session): string | null {
  const { model, loading, run, reports } = session;
  if (place === 'model') return model && loading === 'ready' ? words.nav.loaded : null;
  if (place !== 'results') return null;
  const count = reports.held.length + (run?.result ? 1 : 0) + (session.studies.results.shown ? 1 : 0);
  return count > 0 ? words.nav.results(count) : null;
}
