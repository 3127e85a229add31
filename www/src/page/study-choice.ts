import { words } from '../i18n';
import {
  asError,
  parseStudy,
  parseStudyResult,
  studySettings,
  studySize,
  type TraitscopeError,
} from '../lib/traitscope';
import type { StudyFile, StudyResult } from '../types';
import { formatOf } from './files';
import { fetchInventory } from './inventories';
import { PageError } from './page-error';
import type { Session } from './session';
import { PRESETS } from './settings';
import { oneByOne } from './several-files';
import { sameStudy } from './study-results';

const FILES = import.meta.glob<object>('../../../studies/*.json', { import: 'default' });

const STUDY = 'traitscope-study';
const ANSWERS = 'traitscope-study-result';

/** How much a study asks. */
export type StudySize = Awaited<ReturnType<typeof studySize>>;

/** Which study is to be carried out, and what is known of it before. */
export class StudyChoice {
  /** Those that come with the page, once they are read. */
  presets: { id: string; file: StudyFile }[] = [];
  /** Id of the one that is chosen; null for one of the user's own. */
  id: string | null = null;
  file: StudyFile | null = null;
  size: StudySize | null = null;
  /** Saved answers to it that were opened. */
  former: StudyResult[] = [];
  /** What is wrong with it, or with files that were opened last. */
  errors: TraitscopeError[] = [];
  /** The settings that it asks, by their places. */
  #asked: number[] = [];
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads the studies that come with the page, once there is a model to carry them out, and takes the first unless one is chosen. */
  async start(): Promise<void> {
    if (this.presets.length > 0) return;
    await this.#try(async () => {
      this.presets = await Promise.all(PRESETS.map(async id => ({ id, file: await preset(id) })));
      const { study } = this.#session.settings;
      const first = this.presets.find(({ id }) => id === study) ?? this.presets[0];
      if (!first || this.file) return;
      await this.#take(first.id, { ...first.file, ...this.#limited(first.file) });
    });
  }

  async choose(id: string): Promise<void> {
    const preset = this.presets.find(own => own.id === id);
    if (!preset) return;
    this.#session.set({ study: id === PRESETS[0] ? null : id, study_size: null });
    await this.#take(id, preset.file);
  }

  /** So many of its settings, null for as many as it says. */
  async limit(settings: number | null): Promise<void> {
    const { id, file } = this;
    if (!file) return;
    // What a link does not carry needs no limit in it.
    if (id !== null) this.#session.set({ study_size: settings ?? combinations(file) });
    await this.#take(id, { ...file, settings }, this.former);
  }

  /** The limit that the address sets. */
  #limited(file: StudyFile): Partial<StudyFile> {
    const { study_size } = this.#session.settings;
    if (study_size === null) return {};
    return { settings: study_size < combinations(file) ? study_size : null };
  }

  /**
   * Reads a study of the user's own, or saved answers, whose study it is from then on, and shows these. What comes with the first and is of
   * another study is refused.
   */
  async open(files: File[], named = files.length > 1): Promise<void> {
    const formats = new Map<File, string | null>();
    for (const file of files) formats.set(file, await formatOf(file));
    this.errors = [];
    const saved = files.filter(file => formats.get(file) === ANSWERS);
    // Where a study comes with answers to it, it comes first: one that is chosen has none yet.
    const ordered = [...files.filter(file => !saved.includes(file)), ...saved];
    let first: StudyFile | null = null;
    const refused = await oneByOne(ordered, named, async file => {
      const result = saved.includes(file) ? await parseStudyResult(file) : null;
      const study = result?.study ?? (await parseStudy(file));
      if (first && !sameStudy(first, study)) {
        throw new PageError('study.invalid', words.study.errors.otherStudy);
      }
      if (result) {
        await this.#session.studies.results.open(result, file.name);
        this.#session.latest = 'answers';
      }
      first ??= study;
      const others = this.former.filter(former => sameStudy(former.study, study));
      this.#set(null, study, result ? [...others, result] : []);
    });
    if (first) await this.#measure();
    this.errors = [...refused, ...this.errors];
    this.#session.changed();
  }

  /** Of the saved answers those of the model that is loaded, and of its arithmetic: their settings are not asked again. */
  get usable(): StudyResult[] {
    const { model, settings } = this.#session;
    return this.former.filter(
      ({ model_sha256, activations }) =>
        model_sha256 === model?.info.sha256 && activations === settings.activations,
    );
  }

  /** Settings of the study that these have answers under, and whether there are others. */
  get known(): { settings: number; all: boolean } {
    const answered = new Set(this.usable.flatMap(({ answers }) => answers.map(({ setting }) => setting)));
    return {
      settings: answered.size,
      all: this.size !== null && this.#asked.every(own => answered.has(own)),
    };
  }

  /** Goes by saved answers no longer that are not shown any more. */
  forget(result: StudyResult): void {
    this.former = this.former.filter(
      ({ model_sha256, activations }) =>
        model_sha256 !== result.model_sha256 || activations !== result.activations,
    );
    this.#session.changed();
  }

  async #take(id: string | null, file: StudyFile, former: StudyResult[] = []): Promise<void> {
    this.#set(id, file, former);
    await this.#measure();
  }

  #set(id: string | null, file: StudyFile, former: StudyResult[]): void {
    Object.assign(this, { id, file, size: null, former, errors: [] });
    this.#session.changed();
  }

  async #measure(): Promise<void> {
    const { file } = this;
    if (!file) return;
    await this.#try(async () => {
      const size = await studySize(file, { inventory: fetchInventory });
      const settings = await studySettings(file);
      // Another one may have been chosen meanwhile.
      if (this.file !== file) return;
      this.#asked = settings.map(({ index }) => index);
      this.size = size;
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.errors = [asError(error)];
    }
    this.#session.changed();
  }
}

/** Whether a file is a study, or saved answers to one; null for neither. */
export async function ofStudy(file: File): Promise<'study' | 'answers' | null> {
  const format = await formatOf(file);
  return format === STUDY ? 'study' : format === ANSWERS ? 'answers' : null;
}

/** A study that comes with the page. It is part of the build, so that it is there without a network. */
async function preset(id: string): Promise<StudyFile> {
  const content = await FILES[`../../../studies/${id}.json`]?.();
  return parseStudy(new Blob([JSON.stringify(content)]));
}

/** All combinations of levels. */
export function combinations({ factors }: StudyFile): number {
  return factors.reduce((product, { levels }) => product * levels.length, 1);
}
