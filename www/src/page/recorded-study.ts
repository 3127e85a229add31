import { words } from '../i18n';
import { asError, type Model, version } from '../lib/traitscope';
import type { ModelInfo, Notice, Progress } from '../types';
import { type Asked, type LeftStudy, type StudyKeeper, traitOf } from './asked';
import { type Placed, placed } from './dials';
import type { Saved } from './earlier';
import { newId } from './ids';
import { Journal, PLAN } from './journal';
import { PageError } from './page-error';
import { kindOf, recordName, recordText, type StudyRecord } from './records';
import { identityOf } from './same-model';
import type { Session } from './session';
import type { Settings } from './settings';
import { Study } from './study';
import { traitWithin } from './wording';

/** What a saved study says of itself, whatever it asked. */
export interface RecordHead {
  format_version: 1;
  date: string;
  program: string;
  model: ModelInfo;
  trait: string;
  layer: number;
  system: string | null;
  seed: number;
  /** What ended it before its end; null where nothing did but a person. */
  error: Notice | null;
}

/** How a study is begun: as the settings stand, or with what an earlier one has left. */
export interface Beginning {
  keeper: StudyKeeper;
  settings: Settings;
  left: LeftStudy | null;
}

/**
 * A study that is saved as a record. While it is under way what it has done is kept, so that it goes on at the next visit with the items,
 * directions and texts that it was begun with.
 */
export abstract class RecordedStudy<Plan> extends Study {
  abstract record: (StudyRecord & { result: { cancelled: boolean } }) | null;
  readonly id: string;
  readonly date: string;
  readonly settings: Settings;
  protected readonly journal: Journal;
  readonly #asked: Asked;
  readonly #keeper: StudyKeeper;

  constructor(asked: Asked, model: Model, { keeper, settings, left }: Beginning) {
    super(traitOf(asked), model);
    this.date = left?.head.date ?? new Date().toISOString();
    this.id = left?.head.id ?? newId(this.date);
    // How many share the work is a matter of this machine, and of no number.
    this.settings = left ? { ...left.head.settings, workers: settings.workers } : settings;
    this.journal = new Journal(left?.parts ?? [], step => keeper.add(step));
    this.#asked = asked;
    this.#keeper = keeper;
  }

  /** What it takes before anything is asked. */
  protected abstract plan(session: Session, signal: AbortSignal): Promise<Plan>;

  /** Asks, up to the record. */
  protected abstract ask(plan: Plan, session: Session, signal: AbortSignal): Promise<void>;

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { id, date, settings, journal, model } = this;
    const head = { id, date, model: identityOf(model.info), settings, asked: this.#asked };
    await this.#keeper.begin(head, journal.steps);
    try {
      const plan = await journal.once(PLAN, () => this.plan(session, signal));
      await this.ask(plan, session, signal);
    } finally {
      if (this.#goesOn) await this.#keeper.pause();
      else await this.#keeper.forget(id);
    }
  }

  /** Whether there is more to be done: not of one that is complete, or that was stopped before it had done anything. */
  get #goesOn(): boolean {
    const { journal, record, stopping } = this;
    if (record?.result.cancelled === false) return false;
    return journal.begun || (!stopping && journal.steps.length > 0);
  }

  override get saved(): Saved | null {
    const record: StudyRecord | null = this.record;
    return (
      record && {
        id: this.id,
        date: record.date,
        what: record.trait,
        kind: kindOf(record),
        model: record.model.name,
        name: recordName(record),
        text: recordText(record),
        opens: false,
      }
    );
  }

  /** What came of asking; where that failed, what had come of it before, and the reason as `error`. */
  protected async measured<R extends { cancelled: boolean }>(asking: Promise<R>): Promise<R> {
    try {
      return await asking;
    } catch (error) {
      const fault = asError(error);
      const { result } = (fault.detail ?? {}) as { result?: R | null };
      if (!result) throw fault;
      this.error = fault;
      return result;
    }
  }

  /** The direction of its trait, at the layer where that is used. */
  protected place({ steer }: Session): Placed {
    const at = placed(steer.vectors, this.trait, steer.layerOf(this.trait));
    if (!at) throw new PageError('direction.layer', words.study.errors.noDirection(traitWithin(this.trait)));
    return at;
  }

  /** How a test is given: as the settings say, until it is stopped. */
  protected giving(session: Session, signal: AbortSignal) {
    const { seed, system, prompt, activations, workers } = this.settings;
    return {
      seed,
      system,
      promptMode: prompt,
      activations,
      ...(workers === null ? {} : { workers }),
      signal,
      onNotice: (notice: Notice) => this.notice(session, notice),
    };
  }

  /** How the model writes texts: as the settings say, until it is stopped. */
  protected writing(session: Session, signal: AbortSignal) {
    const { seed, system, prompt } = this.settings;
    return {
      seed,
      ...(system === null ? {} : { system }),
      prompt_mode: prompt,
      signal,
      onNotice: (notice: Notice) => this.notice(session, notice),
      onProgress: ({ done, total }: Progress) => this.progress(session, done, total),
    };
  }

  protected head(at: Placed): Promise<RecordHead>;
  protected head(): Promise<Omit<RecordHead, 'layer'>>;
  protected async head(at?: Placed) {
    const { system, seed } = this.settings;
    return {
      format_version: 1 as const,
      date: this.date,
      program: `traitscope ${await version()}`,
      model: this.model.info,
      trait: this.trait,
      ...(at ? { layer: at.layer } : {}),
      system,
      seed,
      error: this.error && { code: this.error.code, message: this.error.message },
    };
  }
}
