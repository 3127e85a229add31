import { words } from '../i18n/all';
import { placeOfKind, shownBy, traitOf } from './asked';
import { titleOf } from './kept-title';
import type { Place } from './places';
import { kindOf, type StudyRecord } from './records';
import type { Session } from './session';
import type { Settings } from './settings';
import { traitWithin } from './wording';

/** Something that has results in another place than Results. */
export interface FoundStudy {
  place: Place;
  title: string;
  model: string;
  /** When it was carried out; null for texts, which are of now. */
  date: string | null;
  /** What that place has to be set to for it to be shown there. */
  settings: Partial<Settings>;
  /** Whether it was left before its end, to be gone on with there. */
  left: boolean;
}

/** What there is of studies and texts in the places Steer and Monitor, as far as these are shown. */
export function foundStudies({ studies, steer, places }: Session): FoundStudy[] {
  const { effect, specificity, coherence, monitor, data } = studies;
  const of = (
    place: Place,
    study: { record: StudyRecord | null } | null,
    settings: Partial<Settings> = {},
  ): FoundStudy[] => {
    if (!study?.record) return [];
    const { trait, model, date } = study.record;
    const title = titleOf({ what: trait, kind: kindOf(study.record) });
    return [{ place, title, model: model.name, date, settings, left: false }];
  };
  const found: FoundStudy[] = [
    ...texts(steer),
    ...of('steer', effect, effect ? { push: effect.extent } : {}),
    ...of('steer', specificity, { push: 'every' }),
    ...of('steer', coherence, { push: 'texts' }),
    ...of('monitor', monitor),
    ...of('monitor', data),
    ...leftOf(studies),
  ];
  return found.filter(({ place }) => places.includes(place));
}

function leftOf({ left: { found } }: Session['studies']): FoundStudy[] {
  if (!found) return [];
  const { asked, model, date } = found.head;
  const place = placeOfKind(asked.kind);
  // What is gone on with in Results is offered there.
  if (place === 'results') return [];
  const title = words.results.studies.left(titleOf({ what: traitOf(asked), kind: asked.kind }));
  return [{ place, title, model: model.name, date, settings: shownBy(asked), left: true }];
}

function texts({ steered, with: dials, modelName }: Session['steer']): FoundStudy[] {
  if (!steered?.stop) return [];
  const title = words.results.studies.texts(dials.map(({ trait }) => traitWithin(trait)));
  return [{ place: 'steer', title, model: modelName, date: null, settings: {}, left: false }];
}
