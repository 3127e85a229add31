import { plural } from './format';
import type { Session } from './session';
import { underWay } from './under-way';

/** What a screen reader hears of the page's state: it changes at quarters of the way, not at every step. */
export function announcement(session: Session): string {
  const { loading, run, model, selfTest } = session;
  const now = underWay(session);
  if (now) return now.total > 0 ? `${now.words}: ${quarter(now.done, now.total)}.` : `${now.words}.`;
  if (session.latest === 'report') return 'The saved results are open, under Results.';
  if (session.latest === 'answers') return 'The saved answers are shown, under Test.';
  if (session.latest === 'study') return 'The study has ended. Its results are where it was begun.';
  if (session.latest === 'text') return 'Both answers are written.';
  if (run?.result && (!model || run.ranOn(model))) {
    const { cancelled } = run.result;
    return `The test has ${cancelled ? 'stopped' : 'finished'}: ${plural(run.itemsDone, 'item')} done. The scores are under Results.`;
  }
  if (session.paused && loading === 'idle') return 'The download is paused. What has come is kept.';
  if (loading !== 'ready' || !model) return '';
  return selfTest?.passed === false ? 'The device’s self-test has failed.' : `${model.info.name} is ready.`;
}

function quarter(done: number, total: number): string {
  return `${Math.floor((4 * done) / total) * 25} percent`;
}
