import { asError, parseStudy, parseStudyResult, studySize, type TraitscopeError } from '../lib/traitscope';
import type { StudyFile, StudyResult } from '../types';
import { formatOf } from './files';
import { fetchInventory } from './inventories';
import type { Session } from './session';

/** The studies that come with the page, in the order in which they are offered. */
export const PRESETS = [
  'shaping-ladder',
  'profiles',
  'settings-grid',
  'quick',
  'trait-standard',
  'trait-reliability',
  'ipip-120',
] as const;

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
  /** Saved answers to it that were opened: their settings are not asked again. */
  former: StudyResult[] = [];
  error: TraitscopeError | null = null;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads the studies that come with the page, once there is a model to carry them out, and takes the first unless one is chosen. */
  async start(): Promise<void> {
    if (this.presets.length > 0) return;
    await this.#try(async () => {
      this.presets = await Promise.all(PRESETS.map(async id => ({ id, file: await preset(id) })));
      const [first] = this.presets;
      if (first && !this.file) await this.#take(first.id, first.file);
    });
  }

  async choose(id: string): Promise<void> {
    const preset = this.presets.find(own => own.id === id);
    if (preset) await this.#take(id, preset.file);
  }

  /** So many of its settings, null for as many as it says. */
  async limit(settings: number | null): Promise<void> {
    if (!this.file) return;
    const { former } = this;
    await this.#take(this.id, { ...this.file, settings });
    this.former = former;
    this.#session.changed();
  }

  /**
   * Reads a study of the user's own, or saved answers, whose study it is from then on: several of one study are put together when it is
   * carried out.
   */
  async open(file: File): Promise<void> {
    await this.#try(async () => {
      if ((await formatOf(file)) !== ANSWERS) return this.#take(null, await parseStudy(file));
      const result = await parseStudyResult(file);
      const others = this.former.filter(({ study }) => sameStudy(study, result.study));
      await this.#take(null, result.study);
      this.former = [...others, result];
    });
  }

  /** Settings that the files that were opened have answers under, each once. */
  get known(): number {
    return new Set(this.former.flatMap(({ answers }) => answers.map(({ setting }) => setting))).size;
  }

  async #take(id: string | null, file: StudyFile): Promise<void> {
    Object.assign(this, { id, file, size: null, former: [], error: null });
    this.#session.changed();
    await this.#try(async () => {
      const size = await studySize(file, { inventory: fetchInventory });
      // Another one may have been chosen meanwhile.
      if (this.file === file) this.size = size;
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      this.error = null;
      await work();
    } catch (error) {
      this.error = asError(error);
    }
    this.#session.changed();
  }
}

/** Whether a file is a study or saved answers to one. */
export async function isOfStudy(file: File): Promise<boolean> {
  return [STUDY, ANSWERS].includes((await formatOf(file)) ?? '');
}

function sameStudy(a: StudyFile, b: StudyFile): boolean {
  return JSON.stringify({ ...a, settings: null }) === JSON.stringify({ ...b, settings: null });
}

/** A study that comes with the page. It is part of the build, so that it is there without a network. */
async function preset(id: string): Promise<StudyFile> {
  const content = await FILES[`../../../studies/${id}.json`]?.();
  return parseStudy(new Blob([JSON.stringify(content)]));
}
