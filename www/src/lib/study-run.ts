import type {
  Activations,
  GateResult,
  ItemBank,
  LikertInventory,
  Notice,
  Setting,
  SettingAnswers,
  StudyFile,
  StudyResult,
} from '../types';
import { connection } from './connection';
import { TraitscopeError } from './errors';
import type { Model } from './model';
import type { ScoreOptions } from './score-options';
import { joinStudyResults } from './study-files';
import { unitsOf } from './units';

/** How a study is carried out. */
export interface StudyOptions {
  /** The items it chooses from; the bundled bank by default. */
  items?: ItemBank;
  /** Fetches the inventories that it names. */
  inventory?: (id: string) => Promise<LikertInventory>;
  /** Answers to this study that are there already: their settings are not asked again. */
  former?: SettingAnswers[];
  /** The same as saved files; `study.invalid` where one is of another study, model, items, arithmetic or read-outs. */
  files?: StudyResult[];
  /** When its first part began (ISO 8601); now by default. */
  date?: string;
  /** As for a test. */
  activations?: Activations;
  workers?: number;
  /** Stops after the current forward; the settings that were finished are returned. */
  signal?: AbortSignal;
  /** Told of the answers that `files` add, once it is known that they fit. */
  onJoined?: (answers: SettingAnswers[]) => void;
  /** Told of every setting that is finished. */
  onAnswers?: (answers: SettingAnswers) => void;
  onProgress?: (progress: StudyProgress) => void;
  onNotice?: (notice: Notice) => void;
}

/** How far a study is. */
export interface StudyProgress {
  phase: 'gate' | 'settings';
  /** Items and statements answered, over all settings. */
  done: number;
  total: number;
  /** Settings finished. */
  settings: number;
}

/** What came of a study, and whether it was stopped. */
export interface StudyOutcome {
  result: StudyResult;
  cancelled: boolean;
}

/** The settings that a study asks, in their order. */
export async function studySettings(study: StudyFile): Promise<Setting[]> {
  return connection().call(api => api.studySettings(study));
}

const bundled = () => connection().call(api => api.bundledItems());

/** What a study is asked from, fetched once. */
class Sources {
  readonly bank: ItemBank;
  readonly #inventory: StudyOptions['inventory'];
  readonly #fetched = new Map<string, Promise<LikertInventory>>();

  constructor(bank: ItemBank, inventory: StudyOptions['inventory']) {
    this.bank = bank;
    this.#inventory = inventory;
  }

  async inventory(study: StudyFile, setting: Setting): Promise<LikertInventory | null> {
    const id = await connection().call(api => api.studyInventory(study, setting));
    return id === null ? null : this.fetch(id);
  }

  async fetch(id: string): Promise<LikertInventory> {
    if (!this.#inventory) {
      throw new TraitscopeError('study.invalid', `the study rates ${id}, and nothing says where that is`);
    }
    const known = this.#fetched.get(id) ?? this.#inventory(id);
    this.#fetched.set(id, known);
    return known;
  }

  async request(study: StudyFile, setting: Setting) {
    const inventory = await this.inventory(study, setting);
    return connection().call(api => api.studyRequest(study, setting, this.bank, inventory));
  }
}

/** How many items and statements a study asks, over all its settings. */
export async function studySize(
  study: StudyFile,
  { items, inventory }: Pick<StudyOptions, 'items' | 'inventory'> = {},
): Promise<{ settings: number; units: number; questions: number }> {
  const sources = new Sources(items ?? (await bundled()), inventory);
  const settings = await studySettings(study);
  const [first] = settings;
  if (!first) return { settings: 0, units: 0, questions: 0 };
  // Languages of an inventory have the same statements, and the forms of asking are as many in every setting but where a level has its own orders.
  const counts = new Map<string, { units: number; questions: number }>();
  let [units, questions] = [0, 0];
  for (const setting of settings) {
    const key = JSON.stringify(
      study.factors.map((factor, i) => {
        const { template, layouts, inventory: id } = factor.levels[setting.levels[i] ?? 0] ?? {};
        return [template, layouts, id];
      }),
    );
    let count = counts.get(key);
    if (!count) {
      const of = unitsOf(await sources.request(study, setting));
      count = { units: of.length, questions: of.reduce((sum, { rows }) => sum + rows, 0) };
      counts.set(key, count);
    }
    units += count.units;
    questions += count.questions;
  }
  return { settings: settings.length, units, questions };
}

/** Carries a study out: the factual questions, then setting after setting. Where `files` have every setting, nothing is asked. */
export async function carryOut(
  model: Model,
  study: StudyFile,
  options: StudyOptions = {},
): Promise<StudyOutcome> {
  const { signal, activations = 'f32' } = options;
  const sources = new Sources(options.items ?? (await bundled()), options.inventory);
  const settings = await studySettings(study);
  const [first] = settings;
  if (!first) throw new TraitscopeError('study.invalid', 'the study has no setting');
  const given = {
    activations,
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    ...(signal ? { signal } : {}),
    ...(options.onNotice ? { onNotice: options.onNotice } : {}),
  };

  const whole = await answered(model, study, settings, sources, options);
  if (whole) return { cancelled: false, result: whole };
  const { begun, stopped } = await begin(model, study, sources, given, options);
  const { readouts, norms } = begun;
  const answers = [...begun.answers];
  const known = new Set(answers.map(({ setting }) => setting));
  const open = readouts.length > 0 ? settings.filter(({ index }) => !known.has(index)) : [];
  // Every setting is as large as the first, near enough for an estimate.
  const each = unitsOf(await sources.request(study, first)).length;
  let cancelled = stopped;
  for (const [place, setting] of open.entries()) {
    cancelled ||= signal?.aborted === true;
    if (cancelled) break;
    const { inventory, ...request } = await sources.request(study, setting);
    const result = await model.score({
      ...request,
      ...(inventory ? { inventory } : {}),
      ...given,
      readout: readouts,
      gate: 0,
      onProgress: ({ items_done }) =>
        options.onProgress?.({
          phase: 'settings',
          done: place * each + items_done,
          total: open.length * each,
          settings: known.size + place,
        }),
    });
    cancelled = result.cancelled;
    if (cancelled) break;
    const { observations, ratings } = result;
    const values = await connection().call(api => api.settingAnswers(setting, observations, ratings));
    // Where the GPU was lost in between, this is what the setting was finished on.
    const own = { ...values, device: model.info.device.kind };
    answers.push(own);
    options.onAnswers?.(own);
  }
  answers.sort((a, b) => a.setting - b.setting);
  const summary = await connection().call(api => api.summariseStudy(study, answers, norms));
  return { cancelled, result: { ...begun, device: model.info.device, answers, summary } };
}

/** The answers of files that leave no setting to be asked; null where there is one. */
async function answered(
  model: Model,
  study: StudyFile,
  settings: Setting[],
  { bank }: Sources,
  { activations = 'f32', former = [], files = [], onJoined }: StudyOptions,
): Promise<StudyResult | null> {
  const [first] = files;
  if (!first) return null;
  const { sha256 } = model.info;
  const own = { study, model_sha256: sha256, activations, items: itemsOf(bank), answers: former };
  const whole = await joined({ ...first, ...own }, files);
  const known = new Set(whole.answers.map(({ setting }) => setting));
  if (settings.some(({ index }) => !known.has(index))) return null;
  onJoined?.(added(whole, former));
  return whole;
}

/** A result with the settings of files. */
async function joined(result: StudyResult, files: StudyResult[]): Promise<StudyResult> {
  let all = result;
  for (const file of files) all = await joinStudyResults(all, file);
  return all;
}

function added({ answers }: StudyResult, former: SettingAnswers[]): SettingAnswers[] {
  const known = new Set(former.map(({ setting }) => setting));
  return answers.filter(({ setting }) => !known.has(setting));
}

/** What the items of a result are called. */
function itemsOf({ name, version }: ItemBank): string {
  return `${name} ${version}`;
}

/**
 * Asks the factual questions, which decide about the read-outs, and takes the answers that are there already: those of files only where they
 * fit.
 */
async function begin(
  model: Model,
  study: StudyFile,
  sources: Sources,
  given: Pick<ScoreOptions, 'workers' | 'signal' | 'onNotice'> & { activations: Activations },
  { former = [], files = [], date = new Date().toISOString(), onJoined, onProgress }: StudyOptions,
): Promise<{ begun: StudyResult; stopped: boolean }> {
  // Statements of fact are in the words of the program, so they go with the scale of the study's own inventory, not of a level's.
  const inventory = study.inventory ? await sources.fetch(study.inventory.id) : null;
  let [gate, statementGate]: GateResult[][] = [[], []];
  let stopped = false;
  for (const request of await connection().call(api => api.studyGate(study, inventory))) {
    const { readouts, gate_questions, inventory: statements, ...rest } = request;
    const { summary, cancelled } = await model.score({
      ...rest,
      ...(statements ? { inventory: statements } : {}),
      ...given,
      readout: readouts,
      gate: gate_questions,
      onProgress: ({ done, total }) => onProgress?.({ phase: 'gate', done, total, settings: 0 }),
    });
    stopped ||= cancelled;
    if (statements) statementGate = summary.likert?.gate ?? [];
    else gate = summary.gate;
  }
  const { name, sha256, device } = model.info;
  const norms = inventory?.norms ?? [];
  const [readouts, summary, version] = await connection().call(api =>
    Promise.all([
      api.studyReadouts(study, gate ?? [], statementGate ?? []),
      api.summariseStudy(study, former, norms),
      api.version(),
    ]),
  );
  const begun: StudyResult = {
    format: 'traitscope-study-result',
    format_version: 1,
    program: `traitscope ${version}`,
    date,
    study,
    model: name,
    model_sha256: sha256,
    device,
    activations: given.activations,
    items: itemsOf(sources.bank),
    norms,
    gate: gate ?? [],
    statement_gate: statementGate ?? [],
    readouts,
    answers: former,
    summary,
  };
  // Which read-outs are asked, and so whether a file fits, is not known before the last factual question.
  if (stopped) return { begun, stopped };
  const all = await joined(begun, files);
  const more = added(all, former);
  if (more.length > 0) onJoined?.(more);
  return { begun: all, stopped };
}
