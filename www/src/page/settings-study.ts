import { carryOut, type Model, studySettings } from '../lib/traitscope';
import type { SettingAnswers, StudyFile, StudyResult } from '../types';
import { notePace } from './expected';
import { fetchInventory } from './inventories';
import { Kept } from './kept';
import { isOf, type KeptModel } from './kept-runs';
import type { Session } from './session';
import { Study } from './study';

/** What a study that did not come to its end was. */
interface StudyHead {
  date: string;
  model: KeptModel;
  file: StudyFile;
}

/** The same with the settings that it had finished. */
export interface KeptStudy extends StudyHead {
  answers: SettingAnswers[];
}

/** One study of many settings, kept setting by setting. */
export class SettingsStudy extends Study {
  readonly file: StudyFile;
  readonly date: string;
  /** Settings that are finished, of so many. */
  finished = 0;
  settings = 0;
  result: StudyResult | null = null;
  cancelled = false;
  readonly #former: SettingAnswers[];
  readonly #files: StudyResult[];
  readonly #keeper: Kept<StudyHead, SettingAnswers>;

  constructor(
    file: StudyFile,
    model: Model,
    keeper: Kept<StudyHead, SettingAnswers>,
    before: { date?: string; answers: SettingAnswers[]; files: StudyResult[] },
  ) {
    super(file.name, model);
    this.file = file;
    this.date = before.date ?? new Date().toISOString();
    this.#former = before.answers;
    this.#files = before.files;
    this.#keeper = keeper;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { file, model } = this;
    const { activations, workers } = session.settings;
    const { name, sha256, bytes } = model.info;
    this.settings = (await studySettings(file)).length;
    this.finished = this.#former.length;
    await this.#keeper.begin({ date: this.date, model: { name, sha256, bytes }, file }, this.#former);
    const started = performance.now();
    let done = 0;
    try {
      const { result, cancelled } = await carryOut(model, file, {
        inventory: fetchInventory,
        former: this.#former,
        files: this.#files,
        activations,
        ...(workers === null ? {} : { workers }),
        signal,
        onNotice: notice => this.notice(session, notice),
        onAnswers: answers => {
          this.#keeper.add(answers);
          done += answers.rows;
        },
        onProgress: ({ phase, ...progress }) => {
          if (phase === 'settings') this.finished = progress.settings;
          this.stage = phase === 'gate' ? 'Factual questions' : '';
          this.progress(session, progress.done, progress.total);
        },
      });
      this.result = result;
      this.cancelled = cancelled;
      if (done > 0) notePace(model.info, (performance.now() - started) / 1000 / done);
    } finally {
      await this.#keeper.pause();
    }
    // A study that is complete, or has nothing to go on with, is not kept.
    if (!this.cancelled || this.result?.answers.length === 0) await this.#keeper.forget(this.date);
  }
}

/** The study that was left before its end. */
export class KeptStudies {
  readonly keeper = new Kept<StudyHead, SettingAnswers>('traitscope-studies');
  found: KeptStudy | null = null;

  async find(): Promise<void> {
    const kept = await this.keeper.find();
    this.found = kept && { ...kept.head, answers: kept.parts };
  }

  /** Whether it can be gone on with: it takes the model that it was begun with. */
  canGoOn(model: Model | null): boolean {
    return this.found !== null && model !== null && isOf(this.found, model.info);
  }

  async forget(): Promise<void> {
    if (this.found) await this.keeper.forget(this.found.date);
    await this.find();
  }
}
