import { words } from '../i18n';
import { kindOf } from './files';
import { PageError } from './page-error';
import { isReport } from './report-open';
import type { Session } from './session';
import type { Hideable } from './settings';
import { leftOut, quoted } from './several-files';
import { ofStudy } from './study-choice';

/** Takes files that were dropped anywhere, or chosen together, to where their kinds belong. */
export async function openFiles(session: Session, files: File[]): Promise<void> {
  const studies: File[] = [];
  const models: File[] = [];
  const reports: File[] = [];
  const items: File[] = [];
  // What is measured may be looked at whatever a link hides.
  const hidden: File[] = [];
  const unless = (parts: Hideable[], list: File[]) =>
    parts.some(part => session.hides(part)) ? hidden : list;
  for (const file of files) {
    const kind = await ofStudy(file);
    if (kind === 'answers') unless(['studies'], studies).push(file);
    else if (kind === 'study') unless(['own', 'studies'], studies).push(file);
    else if (kindOf(file.name) === 'model') unless(['own'], models).push(file);
    else if (await isReport(file)) reports.push(file);
    else unless(['own'], items).push(file);
  }
  session.hidden =
    hidden.length > 0
      ? new PageError('file.hidden', words.files.hidden(quoted(hidden), hidden.length))
      : null;
  session.changed();
  const named = files.length > 1;
  const [goes] = (
    [
      [models, 'model'],
      [reports, 'results'],
      [studies, 'test'],
      [items, 'test'],
    ] as const
  ).filter(([some]) => some.length > 0);
  if (goes) session.go(goes[1]);
  if (studies.length > 0) await session.studies.choice.open(studies, named);
  if (reports.length > 0) await session.reports.open(reports, named);
  if (items.length > 0) await session.items.own.open(items, named);
  // What takes longest comes last, so that nothing waits for it.
  if (models.length > 0) await openModels(session, models);
}

/** Loads the first of the model files that were given; while something is under way, all have to wait. */
export async function openModels(session: Session, files: File[]): Promise<void> {
  const [first, ...others] = files;
  if (!first) return;
  if (session.busy) {
    session.modelError = mustWait(session, files);
    return session.changed();
  }
  const loaded = session.load(first);
  session.modelsLeft = leftOut(others, words.files.oneModel);
  session.changed();
  await loaded;
}

/** A model file that comes while something is under way has to wait, which its owner should know. */
function mustWait({ run, steer, studies }: Session, files: File[]): PageError {
  const busy =
    run?.status === 'running'
      ? 'run'
      : steer.working
        ? 'direction'
        : studies.running
          ? 'study'
          : steer.writing
            ? 'text'
            : 'loading';
  return new PageError('model.busy', words.files.mustWait(quoted(files), files.length, busy));
}
