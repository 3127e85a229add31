import { words } from '../i18n';
import { asError, compareStudies, joinStudyResults } from '../lib/traitscope';
import type { ScaleChange, StudyFile, StudyResult } from '../types';
import { byAge } from './comparison';
import { listed } from './format';
import type { Session } from './session';

/** A result of a study that is in view. */
export interface HeldStudy {
  id: string;
  result: StudyResult;
  /** The files that it is from; none for a study of this page. */
  files: string[];
  /** Whether it was stopped here before its end. */
  cancelled: boolean;
}

/** A result held against the baseline: what changed, or why nothing can be said. */
export interface StudyPair {
  held: HeldStudy;
  changes: ScaleChange[] | null;
  /** What the core says against it; null while it is computed, and where there is something to show. */
  why: string | null;
}

/** Results of one study in view: carried out here, or from files; of other models or arithmetic beside each other. */
export class StudyResults {
  all: HeldStudy[] = [];
  #shown: string | null = null;
  #baseline: string | null = null;
  #count = 0;
  /** What was compared, by the ids of both. */
  readonly #pairs = new Map<string, StudyPair>();
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The one that is read: the latest unless another is chosen. */
  get shown(): HeldStudy | null {
    return this.all.find(({ id }) => id === this.#shown) ?? this.all.at(-1) ?? null;
  }

  show(id: string): void {
    this.#shown = id;
    this.#session.changed();
  }

  /** Takes what a study of this page came to, in the place of what it went on with; gives it as it is shown. */
  async take(result: StudyResult, cancelled: boolean): Promise<StudyResult> {
    this.#begin(result);
    const former = await this.#joinable(result);
    this.#put({ id: former?.held.id ?? this.#id(), result, files: [], cancelled });
    return result;
  }

  /**
   * Takes saved answers: together with those of the same model and arithmetic, or beside the others. `study.invalid` where they can be
   * neither, and then nothing changes.
   */
  async open(result: StudyResult, file: string): Promise<void> {
    const [first] = this.all.filter(held => sameStudy(held.result.study, result.study));
    const found = first ? await this.#joinable(result) : null;
    if (first && !found) await compareStudies(first.result, result, result.study.seed);
    this.#begin(result);
    this.#put(
      found
        ? { ...found.held, result: found.joined, files: [...found.held.files, file] }
        : { id: this.#id(), result, files: [file], cancelled: false },
    );
  }

  remove({ id, result }: HeldStudy): void {
    this.all = this.all.filter(held => held.id !== id);
    this.#pairs.clear();
    this.#session.studies.choice.forget(result);
  }

  /** What the others are held against: the oldest unless another is chosen. */
  get baseline(): HeldStudy | null {
    const chosen = this.all.find(({ id }) => id === this.#baseline);
    const [oldest] = byAge(this.all.map(held => ({ date: held.result.date, held })));
    return chosen ?? oldest?.held ?? null;
  }

  chooseBaseline(id: string): void {
    this.#baseline = id;
    this.#session.changed();
  }

  /** Every other result against the baseline; what is not yet known is begun to be computed. */
  get pairs(): StudyPair[] {
    const { baseline, all } = this;
    if (!baseline) return [];
    return all.filter(held => held !== baseline).map(held => this.#pair(baseline, held));
  }

  /** What a result is called beside the others. */
  name(held: HeldStudy): string {
    return `${this.all.indexOf(held) + 1} · ${held.result.model}`;
  }

  #pair(baseline: HeldStudy, held: HeldStudy): StudyPair {
    const key = JSON.stringify([baseline.id, held.id]);
    const known = this.#pairs.get(key);
    if (known) return known;
    const pair: StudyPair = { held, changes: null, why: null };
    this.#pairs.set(key, pair);
    void this.#compare(baseline, pair);
    return pair;
  }

  async #compare({ result }: HeldStudy, pair: StudyPair): Promise<void> {
    try {
      pair.changes = await compareStudies(result, pair.held.result, result.study.seed);
    } catch (error) {
      pair.why = asError(error).message;
    }
    this.#session.changed();
  }

  /** The one in view that answers can be put together with. */
  async #joinable(result: StudyResult): Promise<{ held: HeldStudy; joined: StudyResult } | null> {
    for (const held of this.all) {
      try {
        return { held, joined: await joinStudyResults(held.result, result) };
      } catch (error) {
        if (asError(error).code !== 'study.invalid') throw error;
      }
    }
    return null;
  }

  /** Results of another study make room. */
  #begin({ study }: StudyResult): void {
    this.all = this.all.filter(held => sameStudy(held.result.study, study));
  }

  #put(held: HeldStudy): void {
    const known = this.all.some(({ id }) => id === held.id);
    this.all = known ? this.all.map(own => (own.id === held.id ? held : own)) : [...this.all, held];
    this.#shown = held.id;
    this.#pairs.clear();
    this.#session.changed();
  }

  #id(): string {
    this.#count += 1;
    return String(this.#count);
  }
}

/** Why nothing can be said of a pair; null while it is computed, and where there is something to show. */
export function whyNot({ why, changes }: StudyPair): string | null {
  return why ?? (changes?.length === 0 ? words.studySettings.comparison.nothing : null);
}

/** Where a result is from. */
export function origin({ files }: HeldStudy): string {
  return files.length === 0 ? words.studySettings.results.here : listed(files);
}

/** Whether two are the same study, of which one may ask more settings than the other. */
export function sameStudy(a: StudyFile, b: StudyFile): boolean {
  return JSON.stringify({ ...a, settings: null }) === JSON.stringify({ ...b, settings: null });
}
