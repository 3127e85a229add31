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
    return { place: 'model', words: progress && total > 0 ? phaseName(progress.phase) : loads, done, total };
  }
  if (loading === 'testing') {
    return { place: 'model', words: said.checking, done: 0, total: 0 };
  }
  if (run?.status === 'running') {
    const asks = run.phase === 'gate' ? said.gate : said.items;
    return { place: 'test', words: asks, done: run.done, total: run.total };
  }
  const study = session.studies.running;
  if (study) {
    const { done, total } = study;
    const reads = study === session.studies.data;
    return {
      place: placeOf(study, session),
      words: reads ? said.texts : said.study,
      done,
      total,
    };
  }
  if (steer.working) return { place: 'steer', words: said.direction, done: 0, total: 0 };
  if (steer.writing) {
    return { place: 'steer', words: said[steer.writing], done: 0, total: 0 };
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
