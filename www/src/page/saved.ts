import type { Saved } from './earlier';
import { fileName, toJson } from './export';
import type { Run } from './run';

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
