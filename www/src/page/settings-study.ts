import { words } from '../i18n';
import { bundledItems, carryOut, type Model, type StudyOutcome, studySettings } from '../lib/traitscope';
import type { Activations, SettingAnswers, StudyFile, StudyResult } from '../types';
import type { Saved } from './earlier';
import { notePace } from './expected';
import { type Identified, newId } from './ids';
import { fetchInventory } from './inventories';
import type { Kept, Whole } from './kept';
import { PageError } from './page-error';
import { identityOf, type KeptModel } from './same-model';
import type { Session } from './session';
import { Study } from './study';
import { studyFileName } from './study-export';

/** What a study that did not come to its end was. */
export interface SettingsHead extends Identified {
  model: KeptModel;
  file: StudyFile;
  /** How the CPU computed, and what the items were called: answers of other arithmetic or items are not put beside these. */
  activations: Activations;
  items: string;
}

/** One that was left, with the settings that it had finished, or that files brought. */
export type LeftSettings = Whole<SettingsHead, SettingAnswers>;

/** One study of many settings, kept setting by setting. */
export class SettingsStudy extends Study {
  readonly file: StudyFile;
  readonly id: string;
  readonly date: string;
  /** Settings that are finished, of so many. */
  finished = 0;
  settings = 0;
  /** What came of it, with what it went on with. */
  result: StudyResult | null = null;
  readonly #former: LeftSettings | null;
  readonly #files: StudyResult[];
  readonly #keeper: Kept<SettingsHead, SettingAnswers>;

  constructor(
    file: StudyFile,
    model: Model,
    keeper: Kept<SettingsHead, SettingAnswers>,
    before: { left: LeftSettings | null; files: StudyResult[] },
  ) {
    super(file.name, model);
    this.file = file;
    this.date = before.left?.head.date ?? new Date().toISOString();
    this.id = before.left?.head.id ?? newId(this.date);
    this.#former = before.left;
    this.#files = before.files;
    this.#keeper = keeper;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { file, model } = this;
    const { workers } = session.settings;
    const activations = this.#former?.head.activations ?? session.settings.activations;
    const former = this.#former?.parts ?? [];
    const items = await this.#items();
    this.settings = (await studySettings(file)).length;
    this.finished = former.length;
    const head = { id: this.id, date: this.date, model: identityOf(model.info), file, activations, items };
    await this.#keeper.begin(head, former);
    const started = performance.now();
    let done = 0;
    let outcome: StudyOutcome;
    try {
      outcome = await carryOut(model, file, {
        inventory: fetchInventory,
        former,
        files: this.#files,
        date: this.date,
        activations,
        ...(workers === null ? {} : { workers }),
        signal,
        onNotice: notice => this.notice(session, notice),
        onJoined: answers => {
          for (const each of answers) this.#keeper.add(each);
          this.finished += answers.length;
        },
        onAnswers: answers => {
          this.#keeper.add(answers);
          done += answers.rows;
        },
        onProgress: ({ phase, ...progress }) => {
          if (phase === 'settings') this.finished = progress.settings;
          this.stage = phase === 'gate' ? 'gate' : null;
          this.progress(session, progress.done, progress.total);
        },
      });
      if (done > 0) notePace(model.info, (performance.now() - started) / 1000 / done);
    } finally {
      await this.#keeper.pause();
    }
    // A study that is complete, or has nothing to go on with, is not kept.
    const { result, cancelled } = outcome;
    this.result = await session.studies.results.take(result, cancelled);
    if (!cancelled || result.answers.length === 0) await this.#keeper.forget(this.id);
  }

  override get saved(): Saved | null {
    const { id, date, file, result } = this;
    if (!result || result.answers.length === 0) return null;
    return {
      id,
      date,
      what: file.name,
      kind: 'settings',
      model: result.model,
      name: studyFileName(result, 'json'),
      text: JSON.stringify(result),
      opens: true,
    };
  }

  /** What the items are called; those of kept answers have to be the same. */
  async #items(): Promise<string> {
    const { name, version } = await bundledItems();
    const items = `${name} ${version}`;
    const kept = this.#former?.head.items ?? items;
    if (kept === items) return items;
    throw new PageError('study.invalid', words.study.errors.otherItems(kept, items));
  }
}
