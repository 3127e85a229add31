import { inEnglish } from '../i18n/all';
import type { Readout } from '../types';
import { type Change, changesOf, comparable, facetChangesOf, type Pair, scoreOf } from './comparison';
import { type Cell, nameOf, table } from './export';
import { differing } from './facts';
import { isOffered, type Report } from './report';
import { FACTS } from './report-facts';

const COLUMNS = [
  'readout',
  'scale',
  'facet',
  'baseline',
  'baseline_sha256',
  'baseline_date',
  'baseline_offered',
  'baseline_score',
  'model',
  'model_sha256',
  'date',
  'offered',
  'score',
  'items',
  'unpaired',
  'score_difference',
  'score_low',
  'score_high',
  'difference',
  'low',
  'high',
  'against',
  'dz',
  'p',
  'p_adjusted',
] as const;

type Row = Record<(typeof COLUMNS)[number], Cell>;

/** A comparison as tidy CSV: one row for each scale and facet of each report, less the baseline. */
export function comparisonCsv(baseline: Report, pairs: Pair[]): string {
  const rows = comparable(pairs).flatMap(({ readout }) =>
    pairs.flatMap(({ report, found }) =>
      found
        ? [...changesOf(found, readout), ...facetChangesOf(found, readout)].map(change =>
            rowOf(baseline, report, readout, change),
          )
        : [],
    ),
  );
  return table(COLUMNS, rows);
}

/** The same with what was asked, as JSON. */
export function comparisonJson(baseline: Report, pairs: Pair[]): string {
  const reports = [baseline, ...pairs.map(({ report }) => report)];
  const document = inEnglish(() => ({
    format: 'traitscope-comparison',
    format_version: 1,
    date: new Date().toISOString(),
    baseline: head(baseline),
    different: differing(FACTS, reports),
    compared: pairs.map(({ report, found, why }) => ({ report: head(report), less_baseline: found, why })),
  }));
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A file name for a comparison. */
export function comparisonName({ model }: Report, extension: 'json' | 'csv'): string {
  return `traitscope-comparison-${nameOf(model)}.${extension}`;
}

function rowOf(baseline: Report, report: Report, readout: Readout, change: Change): Row {
  const { scale, facet, paired, unpaired, against, dz, p, adjusted, score, difference } = change;
  return {
    readout,
    scale,
    facet,
    baseline: baseline.model.name,
    baseline_sha256: baseline.model.sha256,
    baseline_date: baseline.date,
    baseline_offered: isOffered(baseline, readout),
    baseline_score: scoreOf(baseline, readout, scale, facet)?.value,
    model: report.model.name,
    model_sha256: report.model.sha256,
    date: report.date,
    offered: isOffered(report, readout),
    score: scoreOf(report, readout, scale, facet)?.value,
    items: paired,
    unpaired,
    score_difference: score?.value,
    score_low: score?.low,
    score_high: score?.high,
    difference: difference.value,
    low: difference.low,
    high: difference.high,
    against,
    dz,
    p,
    p_adjusted: adjusted,
  };
}

/** A report without its answers. */
function head(report: Report) {
  const facts = FACTS.map(({ what, of }) => [what, of(report)]);
  const { date, file, kind, summary } = report;
  return { date, file, kind, facts: Object.fromEntries(facts), summary };
}
