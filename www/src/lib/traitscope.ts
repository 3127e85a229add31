/**
 * Traitscope's library: opens a language model in a worker of its own, on this machine's GPU or CPU, and
 * measures it. Nothing leaves the browser but the request for the model file itself.
 */

import { alone } from '#parts/files';
import type {
  ComparedAnswers,
  Comparison,
  DeviceChoice,
  GateAnswer,
  GateResult,
  Instrument,
  ItemBank,
  LikertSummary,
  LoadProgress,
  Norm,
  Observation,
  Rating,
  Summary,
} from '../types';
import type { KeptInstrument, PartialModel, SourceSpec, StoredModel } from '../worker/protocol';
import { type Catalogue, type CatalogueEntry, fetchCatalogue } from './catalogue';
import { callback, connection } from './connection';
import { paused, TraitscopeError } from './errors';
import { Model } from './model';
import { jsonOf } from './parquet';

export type * from '../types';
export type { KeptInstrument, PartialModel, StoredModel } from '../worker/protocol';
export { type Catalogue, type CatalogueEntry, fetchCatalogue } from './catalogue';
export {
  fetchDirections,
  fetchTrait,
  gaussian,
  orthogonal,
  parseTexts,
  parseTrait,
  readDirections,
  writeDirections,
} from './directions';
export type { EffectOptions, TimedEffect } from './effect-options';
export { asError, TraitscopeError } from './errors';
export { decides, isJudged } from './merge';
export { Model, type Prompt } from './model';
export type { ScoreOptions, ScoreProgress, ScoreResult } from './score-options';
export { compareStudies, joinStudyResults, parseStudy, parseStudyResult } from './study-files';
export type { EffectRows, FreeRows, MonitoringRows, Parted, StudyPart } from './study-part';
export {
  carryOut,
  type StudyOptions,
  type StudyOutcome,
  type StudyProgress,
  studySettings,
  studySize,
} from './study-run';
export { type Row, rowKey, unitsOf } from './units';

export interface OpenOptions {
  /** `auto` (the default) takes the GPU where there is one that works. */
  device?: DeviceChoice;
  /**
   * Phases `download`, `verify` and `elsewhere` (another tab downloads the same file, and this one waits) count bytes; further
   * phases are the core's. A `notice` says that a download tries again or began again.
   */
  onProgress?: (progress: LoadProgress) => void;
  /** Stops the loading with the error `run.cancelled`; a partial download is removed. */
  signal?: AbortSignal;
  /**
   * Stops a download with the error `run.paused`; what has come is kept, and opening the same model again goes on from there.
   * Without effect once the file is here.
   */
  pause?: AbortSignal;
  /**
   * A loaded model that this one takes the place of: both are never in memory whole, and `instead` is closed once this
   * one is open. Where this one cannot be opened, `instead` stays as it is.
   */
  instead?: Model;
  /** Known models; without it, `models/catalog.json` beside this library. */
  catalogue?: Catalogue;
}

/**
 * Opens a model from its address (a `URL`, or a string with a slash in it), a GGUF file, or its id in the
 * catalogue. What comes over the network is kept in the browser's storage, checked on every opening.
 *
 * Errors are {@link TraitscopeError}: `network.*`, `model.*`, `gguf.*`, `device.*`, `storage.*`, `run.cancelled`,
 * `run.paused`, `catalogue.*`, `request.invalid` (no address), `worker.crashed`.
 */
export async function openModel(source: URL | File | string, options: OpenOptions = {}): Promise<Model> {
  const { device = 'auto', instead, onProgress, signal, pause } = options;
  const { spec, known } = await locate(source, options);
  const link = connection();
  const former = instead?.makeRoom(link) ?? null;
  if (pause?.aborted) throw paused();
  // Only the worker knows whether it was stopped before the former model was gone, so its answer is waited for.
  const opened = await link.job(signal, former === null, async (api, job) => {
    const stop = () => void api.pause(job);
    pause?.addEventListener('abort', stop, { once: true });
    try {
      return await api.open(job, spec, device, known, former, callback(onProgress));
    } finally {
      pause?.removeEventListener('abort', stop);
    }
  });
  await instead?.close();
  // What could not be stored would otherwise be fetched again for each further instance.
  const again: SourceSpec = opened.blob ? { kind: 'file', file: opened.blob, name: spec.name } : spec;
  return new Model(link, opened, { spec: again, known });
}

/** The item bank that comes with the project. */
export async function bundledItems(): Promise<ItemBank> {
  return connection().call(api => api.bundledItems());
}

/**
 * Reads a file with items or with an inventory of statements: JSON, JSON lines, CSV or, for items, parquet. `items.invalid` says
 * which row and field is wrong.
 */
export async function parseInstrument(file: File): Promise<Instrument> {
  const bytes = await jsonOf(file);
  return connection().call(async (api): Promise<Instrument> => api.parseInstrument(bytes, file.name));
}

/** Reads a file with items, as {@link parseInstrument}; statements are refused. */
export async function parseItems(file: File): Promise<ItemBank> {
  const instrument = await parseInstrument(file);
  if (instrument.kind === 'items') return instrument.bank;
  throw new TraitscopeError('items.kind', `${file.name} holds statements, not items with four responses`);
}

/** Sums up the ratings of an inventory, and those of the statements of its gate, of which `asked` pairs were to be asked. */
export async function summariseRatings(
  ratings: Rating[],
  facts: Rating[],
  asked: number,
  norms: Norm[],
  seed: number,
): Promise<LikertSummary | null> {
  return connection().call(api => api.summariseRatings(ratings, facts, asked, norms, seed));
}

/** Scores and intervals of any set of observations; `seed` is that of the bootstrap. */
export async function summarise(
  observations: Observation[],
  gate: GateResult[],
  seed: number,
): Promise<Summary> {
  return connection().call(api => api.summarise(observations, gate, seed));
}

/** What the answers to factual questions say about each read-out; `asked` is how many questions were to be asked. */
export async function gate(answers: GateAnswer[], asked: number): Promise<GateResult[]> {
  return connection().call(api => api.gate(answers, asked));
}

/**
 * What changed between two tests, item by item, in every trait and domain that both have complete items of; `seed` is that of the
 * bootstrap and of the p-values.
 */
export async function compareAnswers(
  before: ComparedAnswers,
  after: ComparedAnswers,
  seed: number,
): Promise<Comparison> {
  return connection().call(api => api.compareAnswers(before, after, seed));
}

/** The models kept in this browser's storage. */
export async function storedModels(): Promise<StoredModel[]> {
  return connection().call(api => api.stored());
}

/** Downloads that were paused or broke, with what has come of them: opening the same model goes on from there. */
export async function partialModels(): Promise<PartialModel[]> {
  return connection().call(api => api.partial());
}

/** Deletes a stored model, or what there is of one. Errors: `storage.busy` (another tab is downloading it). */
export async function removeStoredModel(key: string): Promise<void> {
  await connection().call(api => api.remove(key));
}

/** The item files kept in this browser's storage; none where it has no storage. */
export async function keptInstruments(): Promise<KeptInstrument[]> {
  return connection().call(api => api.keptInstruments());
}

/** Keeps an item file in this browser's storage. Errors: `storage.unavailable`, `storage.limit`. */
export async function keepInstrument(file: File): Promise<KeptInstrument> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return connection().call(api => api.keepInstrument(bytes, file.name));
}

/** A kept item file. Errors: `storage.unavailable`, `storage.damaged`. */
export async function openInstrument({ key, name }: KeptInstrument): Promise<File> {
  return new File([await connection().call(api => api.readInstrument(key))], name);
}

/** Deletes a kept item file. */
export async function removeInstrument({ key }: KeptInstrument): Promise<void> {
  await connection().call(api => api.removeInstrument(key));
}

/** SHA-256 of a file, as hexadecimal. */
export async function sha256(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return connection().call(api => api.sha256(bytes));
}

/** The program's version. */
export async function version(): Promise<string> {
  return connection().call(api => api.version());
}

async function locate(
  source: URL | File | string,
  options: OpenOptions,
): Promise<{ spec: SourceSpec; known: CatalogueEntry[] }> {
  if (source instanceof Blob) {
    // A file may be one that the catalogue knows; without a catalogue it is simply an unknown one.
    const catalogue = await catalogueOf(options).catch(() => null);
    return { spec: { kind: 'file', file: source, name: source.name }, known: catalogue?.models ?? [] };
  }
  if (alone) {
    throw new TraitscopeError('model.file', 'this page is one file and fetches no model; open a model file');
  }
  if (source instanceof URL || source.includes('/')) {
    const url = address(source);
    const name = fileName(url);
    const catalogue = await catalogueOf(options).catch(() => null);
    const entry = catalogue?.models.find(model => model.address === url.href);
    const spec: SourceSpec = { kind: 'url', url: url.href, name, ...expected(entry) };
    return { spec, known: catalogue?.models ?? [] };
  }
  const catalogue = await catalogueOf(options);
  const entry = catalogue.models.find(model => model.id === source);
  if (!entry) {
    throw new TraitscopeError('catalogue.unknown', `the catalogue names no model "${source}"`, {
      known: catalogue.models.map(model => model.id),
    });
  }
  const spec: SourceSpec = { kind: 'url', url: entry.address, name: entry.name, ...expected(entry) };
  return { spec, known: catalogue.models };
}

/** What a file must be. Where the list cannot tell whether it is the right one, it may have another length too. */
function expected(entry: CatalogueEntry | undefined): { bytes: number | null; sha256: string | null } {
  return entry?.sha256 ? { bytes: entry.bytes, sha256: entry.sha256 } : { bytes: null, sha256: null };
}

function address(source: URL | string): URL {
  try {
    return new URL(source, globalThis.document?.baseURI);
  } catch {
    throw new TraitscopeError('request.invalid', `"${source}" is not the address of a model`);
  }
}

/** What a file at an address is called. */
function fileName(url: URL): string {
  const last = url.pathname.split('/').pop() ?? '';
  try {
    return decodeURIComponent(last) || url.host;
  } catch {
    // A percent sign that escapes nothing.
    return last;
  }
}

async function catalogueOf({ catalogue, signal }: OpenOptions): Promise<Catalogue> {
  if (catalogue) return catalogue;
  const here = import.meta.url;
  return fetchCatalogue(new URL('models/catalog.json', here), signal);
}
