import type { ScaleChange, StudyFile, StudyResult } from '../types';
import { connection } from './connection';

/**
 * Reads a study: an instrument, and the settings under which it is given. `study.invalid` says what is wrong with the file; its form is
 * that of `docs/study.schema.json`.
 */
export async function parseStudy(file: Blob): Promise<StudyFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return connection().call(api => api.parseStudy(bytes));
}

/** Reads the answers to a study that were saved; their figures are made again from them. */
export async function parseStudyResult(file: Blob): Promise<StudyResult> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return connection().call(api => api.parseStudyResult(bytes));
}

/**
 * Two files of answers to one study as one, with the date of the earlier; `study.invalid` where they are of different studies, models, items,
 * arithmetic or read-outs.
 */
export async function joinStudyResults(one: StudyResult, other: StudyResult): Promise<StudyResult> {
  const both = await connection().call(api => api.joinStudyResults(one, other));
  const [date = null] = [one.date, other.date].filter(known => known !== null).toSorted();
  return { ...both, date };
}

/** What changed from one file of answers to another of the same study: of another model, arithmetic or device. */
export async function compareStudies(
  before: StudyResult,
  after: StudyResult,
  seed = 1,
): Promise<ScaleChange[]> {
  return connection().call(api => api.compareStudies(before, after, seed));
}
