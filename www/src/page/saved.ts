import type { Saved } from './earlier';
import { fileName, toJson } from './export';
import { RecordedStudy } from './recorded-study';
import { kindOf, recordName, recordText, type StudyRecord } from './records';
import type { Run } from './run';
import { SettingsStudy } from './settings-study';
import type { Study } from './study';
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
  if (!(study instanceof RecordedStudy)) return null;
  const record: StudyRecord | null = study.record;
  if (!record) return null;
  return {
    id: study.id,
    date: record.date,
    what: record.trait,
    kind: kindOf(record),
    model: record.model.name,
    name: recordName(record),
    text: recordText(record),
    opens: false,
  };
}
