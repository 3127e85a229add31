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
import type { Model, ScoreOptions } from './model';
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
  /** As for a test. */
  activations?: Activations;
  workers?: number;
  /** Stops after the current forward; the settings that were finished are returned. */
  signal?: AbortSignal;
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

/** Carries a study out: the factual questions, then setting after setting. */
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
    const own = await connection().call(api => api.settingAnswers(setting, observations, ratings));
    answers.push(own);
    options.onAnswers?.(own);
  }
  answers.sort((a, b) => a.setting - b.setting);
  const summary = await connection().call(api => api.summariseStudy(study, answers, norms));
  return { cancelled, result: { ...begun, device: model.info.device, answers, summary } };
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
  { former = [], files = [], onProgress }: StudyOptions,
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
  let begun: StudyResult = {
    format: 'traitscope-study-result',
    format_version: 1,
    program: `traitscope ${version}`,
    study,
    model: name,
    model_sha256: sha256,
    device,
    activations: given.activations,
    items: `${sources.bank.name} ${sources.bank.version}`,
    norms,
    gate: gate ?? [],
    statement_gate: statementGate ?? [],
    readouts,
    answers: former,
    summary,
  };
  for (const file of files) begun = await joinStudyResults(begun, file);
  return { begun, stopped };
}
