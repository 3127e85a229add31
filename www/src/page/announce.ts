import { plural } from './format';
import type { Session } from './session';
import { phaseName } from './wording';

/** What a screen reader hears of the page's state: it changes at quarters of the way, not at every step. */
export function announcement(session: Session): string {
  const { loading, progress, run, model, selfTest } = session;
  if (loading === 'loading') {
    if (!progress || progress.total === 0) {
      return session.runFollows ? 'Loading the model; the test follows.' : 'Loading the model.';
    }
    return `${phaseName(progress.phase)}: ${quarter(progress.done, progress.total)}.`;
  }
  if (loading === 'testing') return 'Checking that the device computes correctly.';
  if (run?.status === 'running') {
    const what = run.phase === 'gate' ? 'Asking factual questions' : 'Asking the items';
    return `${what}: ${quarter(run.done, run.total)}.`;
  }
  const study = session.studies.running;
  if (study) {
    const what = study === session.studies.data ? 'Reading the texts' : 'The study is running';
    return study.total > 0 ? `${what}: ${quarter(study.done, study.total)}.` : `${what}.`;
  }
  if (session.steer.writing) {
    return session.steer.writing === 'steered' ? 'Writing the steered answer.' : 'Writing the plain answer.';
  }
  if (session.latest === 'report') return 'The saved results are open, in the step of the results.';
  if (session.latest === 'answers') return 'The saved answers are shown, in the step of the settings.';
  if (session.latest === 'study') return 'The study has ended. Its results are in their step.';
  if (session.latest === 'text') return 'Both answers are written.';
  if (run?.result && (!model || run.ranOn(model))) {
    const { cancelled } = run.result;
    return `The test has ${cancelled ? 'stopped' : 'finished'}: ${plural(run.itemsDone, 'item')} done. Results are below.`;
  }
  if (session.paused && loading === 'idle') return 'The download is paused. What has come is kept.';
  if (loading !== 'ready' || !model) return '';
  return selfTest?.passed === false ? 'The device’s self-test has failed.' : `${model.info.name} is ready.`;
}

function quarter(done: number, total: number): string {
  return total > 0 ? `${Math.floor((4 * done) / total) * 25} percent` : 'started';
}
