import type { RecordHead } from './recorded-study';
import { saveText } from './save';

/** Studies that are saved as a record: what they are called, in the page and in the name of a file, by the format of the record. */
const KINDS = {
  'traitscope-effect': 'effect',
  'traitscope-specificity': 'specificity',
  'traitscope-coherence': 'coherence',
  'traitscope-monitoring': 'monitoring',
  'traitscope-difference': 'difference',
  'traitscope-free-answers': 'answers',
} as const;

/** Which study a record is of. */
export type RecordKind = (typeof KINDS)[keyof typeof KINDS];

/** What all records have. */
export interface StudyRecord extends Pick<RecordHead, 'date' | 'model' | 'trait'> {
  format: keyof typeof KINDS;
}

export function kindOf({ format }: Pick<StudyRecord, 'format'>): RecordKind {
  return KINDS[format];
}

/** What the file of a record is called. */
export function recordName(record: Pick<StudyRecord, 'date' | 'format' | 'trait'>): string {
  const { trait, date } = record;
  return `traitscope-${kindOf(record)}-${trait}-${date.replace(/[:.]/g, '-')}.json`;
}

/** A study with all that is needed to repeat it, as it is saved. */
export function recordText(record: StudyRecord): string {
  return JSON.stringify(record, null, 1);
}

/** The same as a download. */
export function saveRecord(record: StudyRecord): void {
  saveText(recordName(record), 'application/json', recordText(record));
}
