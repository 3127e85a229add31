import { CoherenceStudy } from './coherence-study';
import { DataStudy } from './data-study';
import type { Saved } from './earlier';
import { EffectStudy } from './effect-study';
import { fileName, toJson } from './export';
import { FreeStudy } from './free-study';
import { newId } from './ids';
import { MonitorStudy } from './monitor-study';
import type { Run } from './run';
import { recordName } from './save';
import { SettingsStudy } from './settings-study';
import { SpecificityStudy } from './specificity-study';
import type { RecordHead, Study } from './study';
import { studyFileName } from './study-export';

/** A test as it is saved; null where nothing was answered. */
export function savedRun({ id, record }: Run): Saved | null {
  if (!record || record.result.observations.length + record.result.ratings.length === 0) return null;
  return {
    id,
    date: record.date,
    what: record.bank.name,
    ...(record.result.cancelled ? { kind: 'stopped' } : {}),
    model: record.model.name,
    name: fileName(record, 'json'),
    text: toJson(record),
    opens: true,
  };
}

/** A study that came to its end, as it is saved; null where nothing came of it. */
export function savedStudy(study: Study): Saved | null {
  if (study instanceof SettingsStudy) {
    const { result } = study;
    if (!result || result.answers.length === 0) return null;
    const name = studyFileName(result, 'json');
    const { model } = result;
    return {
      id: study.id,
      date: study.date,
      what: study.file.name,
      kind: 'settings',
      model,
      name,
      text: JSON.stringify(result),
      opens: true,
    };
  }
  const kind = kindOf(study);
  const record = (study as { record?: RecordHead | null }).record;
  if (!kind || !record) return null;
  return {
    id: newId(record.date),
    date: record.date,
    what: record.trait,
    kind,
    model: record.model.name,
    name: recordName(kind, record),
    text: JSON.stringify(record, null, 1),
    opens: false,
  };
}

/** Which study of one direction it is; null for others. */
export function kindOf(study: object): (typeof KINDS)[number]['kind'] | null {
  return KINDS.find(({ of }) => study instanceof of)?.kind ?? null;
}

/** What studies of one direction are called in a file's name. */
const KINDS = [
  { of: EffectStudy, kind: 'effect' },
  { of: SpecificityStudy, kind: 'specificity' },
  { of: CoherenceStudy, kind: 'coherence' },
  { of: MonitorStudy, kind: 'monitoring' },
  { of: DataStudy, kind: 'difference' },
  { of: FreeStudy, kind: 'answers' },
] as const;
