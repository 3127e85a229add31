import type { ScoreResult } from '../lib/traitscope';
import type { DeviceInfo, ItemBank, ModelInfo, Notice, OptionScore, ScoreRequest, SelfTest } from '../types';

/** Everything about one run. */
export interface RunRecord {
  /** When it began, ISO 8601. */
  date: string;
  program: string;
  model: ModelInfo;
  /** What the run ended on; the same as `model.device` unless the GPU was lost. */
  device: DeviceInfo;
  self_test: SelfTest | null;
  request: ScoreRequest;
  /** The bank as chosen, before items were selected from it. */
  bank: Pick<ItemBank, 'name' | 'version' | 'licence'>;
  /** SHA-256 of an own item file. */
  bank_sha256: string | null;
  result: ScoreResult;
  notices: Notice[];
  /** Rows that were there when the run was gone on with; 0 for one that was not interrupted. */
  resumed: number;
}

export const FORMAT = 'traitscope-run';
export const FORMAT_VERSION = 1;

/** The run as JSON: with the same model file, item bank and program, it can be repeated from this alone. */
export function toJson(run: RunRecord): string {
  const { items, inventory, ...request } = run.request;
  // What was asked is named by its ids; the statements themselves are their authors'.
  const asked = inventory?.items ?? items.items;
  const { device: _, ...model } = run.model;
  const document = {
    format: FORMAT,
    format_version: FORMAT_VERSION,
    date: run.date,
    program: run.program,
    model,
    device: run.device,
    self_test: run.self_test,
    request,
    items: { ...run.bank, sha256: run.bank_sha256, ids: asked.map(({ id }) => id) },
    inventory: inventory && { language: inventory.language, stem: inventory.stem, scale: inventory.scale },
    cancelled: run.result.cancelled,
    skipped: run.result.skipped,
    activations: run.result.activations,
    rounding: run.result.rounding,
    milliseconds: Math.round(run.result.milliseconds),
    notices: run.notices,
    resumed: run.resumed,
    summary: run.result.summary,
    gate_answers: run.result.gate_answers,
    observations: run.result.observations,
    ratings: run.result.ratings,
    facts: run.result.facts,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

export const COLUMNS = [
  'model',
  'model_sha256',
  'device',
  'item',
  'trait',
  'readout',
  'template',
  'layout',
  'paraphrased',
  'option',
  'logprob',
  'tokens',
  'neutral_logprob',
  'option_mass',
  'p_high',
  'd',
  'refused',
  'win',
  'p_high_gain',
  'd_gain',
] as const;

export const RATING_COLUMNS = [
  'model',
  'model_sha256',
  'device',
  'item',
  'domain',
  'facet',
  'keyed',
  'readout',
  'template',
  'layout',
  'points',
  'logprob',
  'tokens',
  'neutral_logprob',
  'option_mass',
  'value',
  'choice',
  'plain',
  'refused',
] as const;

/** The ratings as tidy CSV: one row for each answer of the scale to each statement, read-out, template and order. */
function ratingsCsv(run: RunRecord): string {
  const rows = run.result.ratings.flatMap(rating =>
    rating.options.map(option => ({ ...rating, ...everyRow(run, option), points: option.key })),
  );
  return table(RATING_COLUMNS, rows);
}

/** What every row of a run's table holds. */
function everyRow({ model, device }: RunRecord, { logprob, tokens, neutral_logprob }: OptionScore) {
  const of = { model: model.name, model_sha256: model.sha256, device: device.kind };
  return { ...of, logprob, tokens, neutral_logprob };
}

/** A table with a heading: of each row these columns, in this order. */
export function table<C extends string>(columns: readonly C[], rows: Record<C, Cell>[]): string {
  const lines = rows.map(row => columns.map(column => csvCell(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

/**
 * The rows as tidy CSV: one for each option of each item, read-out, template and layout; of an inventory, one for each answer of the
 * scale.
 */
export function toCsv(run: RunRecord): string {
  if (run.request.inventory) return ratingsCsv(run);
  const rows = run.result.observations.flatMap(observation =>
    observation.options.map(option => ({ ...observation, ...everyRow(run, option), option: option.key })),
  );
  return table(COLUMNS, rows);
}

export type Cell = string | number | boolean | null | undefined;

/**
 * One cell. Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection);
 * numbers are written as they are, minus sign and all.
 */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a model is called in the name of a file. */
export function nameOf({ name }: Pick<ModelInfo, 'name'>): string {
  return name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60) || 'model';
}

/** A file name for a run's export. */
export function fileName(run: RunRecord, extension: 'json' | 'csv'): string {
  const model = nameOf(run.model);
  const time = run.date.replaceAll(/[:T]/g, '-').slice(0, 16);
  return `traitscope-${model}-${time}.${extension}`;
}
