import { inEnglish } from '../i18n/all';
import type { Readout, ScaleChange, ScaleOverSettings, StudyResult } from '../types';
import type { Shift } from './comparison';
import { doubtOf } from './comparison-words';
import { type Cell, table } from './export';
import { differing } from './facts';
import { STUDY_FACTS, STUDY_MODEL_FACTS } from './study-facts';
import { type HeldStudy, type StudyPair, whyNot } from './study-results';

/** What results of one study come to beside each other, in tables and in files. */

/** All that may make a difference between two. */
export const FACTS = [...STUDY_MODEL_FACTS, ...STUDY_FACTS];

/** Scales with values in one unit: of items or of statements, in one read-out. */
export interface Family {
  statement: boolean;
  readout: Readout;
}

/** Those in which some pair has something to compare. */
export function families(pairs: StudyPair[]): Family[] {
  return [false, true].flatMap(statement =>
    (['continuation', 'letters'] as const)
      .map(readout => ({ statement, readout }))
      .filter(family => pairs.some(({ changes }) => shifts(changes ?? [], family).length > 0)),
  );
}

/** The changes of a family. */
export function shifts(changes: ScaleChange[], family: Family): Shift[] {
  return changes
    .filter(change => isIn(change, family))
    .map(({ settings: paired, ...change }) => ({ ...change, paired }));
}

/** The scales of a family over the settings of a result. */
export function scalesIn({ summary }: StudyResult, family: Family): ScaleOverSettings[] {
  return summary.scales.filter(scale => isIn(scale, family));
}

/** What the factual questions say against a family of a result; null where they say that it can be read. */
export function doubtIn(
  { gate, statement_gate }: StudyResult,
  { statement, readout }: Family,
): string | null {
  return statement ? doubtOf(statement_gate, readout, 'statements') : doubtOf(gate, readout, 'items');
}

function isIn(one: Family, family: Family): boolean {
  return one.statement === family.statement && one.readout === family.readout;
}

const COLUMNS = [
  'instrument',
  'scale',
  'readout',
  'baseline',
  'baseline_sha256',
  'baseline_activations',
  'baseline_date',
  'baseline_mean',
  'model',
  'model_sha256',
  'activations',
  'date',
  'mean',
  'settings',
  'difference',
  'low',
  'high',
  'against',
  'dz',
  'p',
  'p_adjusted',
] as const;

/** The comparison as tidy CSV: one row for each scale and read-out of each result, less the baseline. */
export function studyComparisonCsv(baseline: HeldStudy, pairs: StudyPair[]): string {
  const rows = pairs.flatMap(({ held, changes }) =>
    (changes ?? []).map(change => rowOf(baseline.result, held.result, change)),
  );
  return table(COLUMNS, rows);
}

function rowOf(
  baseline: StudyResult,
  other: StudyResult,
  change: ScaleChange,
): Record<(typeof COLUMNS)[number], Cell> {
  const { statement, scale, readout, difference, adjusted, settings, against, dz, p } = change;
  const mean = (result: StudyResult) => scalesIn(result, change).find(own => own.scale === scale)?.mean;
  return {
    instrument: statement ? 'statements' : 'items',
    scale,
    readout,
    baseline: baseline.model,
    baseline_sha256: baseline.model_sha256,
    baseline_activations: baseline.activations,
    baseline_date: baseline.date,
    baseline_mean: mean(baseline),
    model: other.model,
    model_sha256: other.model_sha256,
    activations: other.activations,
    date: other.date,
    mean: mean(other),
    settings,
    difference: difference.value,
    low: difference.low,
    high: difference.high,
    against,
    dz,
    p,
    p_adjusted: adjusted,
  };
}

/** The same with what was asked, as JSON. */
export function studyComparisonJson(baseline: HeldStudy, pairs: StudyPair[]): string {
  return inEnglish(() => `${JSON.stringify(comparisonOf(baseline, pairs), null, 2)}\n`);
}

function comparisonOf(baseline: HeldStudy, pairs: StudyPair[]) {
  const results = [baseline, ...pairs.map(({ held }) => held)].map(({ result }) => result);
  return {
    format: 'traitscope-study-comparison',
    format_version: 1,
    date: new Date().toISOString(),
    study: baseline.result.study,
    baseline: head(baseline.result),
    different: differing(FACTS, results),
    compared: pairs.map(pair => ({
      result: head(pair.held.result),
      less_baseline: pair.changes,
      why: whyNot(pair),
    })),
  };
}

/** A result without its answers. */
function head(result: StudyResult) {
  const { model, model_sha256, date, gate, statement_gate, summary } = result;
  const facts = Object.fromEntries(FACTS.map(({ what, of }) => [what, of(result)]));
  return { model, model_sha256, date, facts, gate, statement_gate, scales: summary.scales };
}
