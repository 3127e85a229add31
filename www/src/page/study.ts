import { type Words, words } from '../i18n';
import { asError, type Model, type TraitscopeError, version } from '../lib/traitscope';
import type { ItemBank, ModelInfo, Notice, Progress } from '../types';
import { type Placed, placed } from './dials';
import { Pace } from './pace';
import { PageError } from './page-error';
import type { Session } from './session';
import type { Settings } from './settings';
import { traitWithin } from './wording';

/** How much is asked. */
export type Extent = Settings['meter_extent'];

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

/** A piece of work with the model that takes a while, can be stopped, and keeps what it has. */
export abstract class Study {
  status: 'running' | 'done' | 'failed' = 'running';
  done = 0;
  total = 0;
  /** What is counted, where there is more than one thing to do. */
  stage: keyof Words['study']['stages'] | null = null;
  error: TraitscopeError | null = null;
  notices: Notice[] = [];
  stopping = false;
  readonly pace = new Pace();
  readonly trait: string;
  readonly model: Model;
  #abort = new AbortController();

  constructor(trait: string, model: Model) {
    this.trait = trait;
    this.model = model;
  }

  stop(): void {
    this.stopping = true;
    this.#abort.abort();
  }

  /** Runs to its end, or to `error`. */
  async run(session: Session): Promise<void> {
    try {
      await this.work(session, this.#abort.signal);
      this.status = this.error ? 'failed' : 'done';
    } catch (error) {
      const fault = asError(error);
      this.status = 'failed';
      if (fault.code !== 'run.cancelled') this.error = fault;
    }
    session.changed();
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

  protected abstract work(session: Session, signal: AbortSignal): Promise<void>;

  /** The direction of its trait, at the layer where that is used unless another is wanted. */
  protected place({ steer }: Session, layer = steer.layerOf(this.trait)): Placed {
    const at = placed(steer.vectors, this.trait, layer);
    if (!at) throw new PageError('direction.layer', words.study.errors.noDirection(traitWithin(this.trait)));
    return at;
  }

  /** How a test is given: as the settings say, until it is stopped. */
  protected giving(session: Session, signal: AbortSignal) {
    const { seed, system, prompt, activations, workers } = session.settings;
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
    const { seed, system, prompt } = session.settings;
    return {
      seed,
      ...(system === null ? {} : { system }),
      prompt_mode: prompt,
      signal,
      onNotice: (notice: Notice) => this.notice(session, notice),
      onProgress: ({ done, total }: Progress) => this.progress(session, done, total),
    };
  }

  protected head(session: Session, at: Placed): Promise<RecordHead>;
  protected head(session: Session): Promise<Omit<RecordHead, 'layer'>>;
  protected async head({ settings: { system, seed } }: Session, at?: Placed) {
    return {
      format_version: 1 as const,
      date: new Date().toISOString(),
      program: `traitscope ${await version()}`,
      model: this.model.info,
      trait: this.trait,
      ...(at ? { layer: at.layer } : {}),
      system,
      seed,
      error: this.error && { code: this.error.code, message: this.error.message },
    };
  }

  /** Begins something that is counted by itself. */
  protected begin(stage: Study['stage']): void {
    Object.assign(this, { stage, done: 0, total: 0 });
  }

  protected progress(session: Session, done: number, total: number): void {
    this.done = done;
    this.total = total;
    this.pace.note(this.stage ?? '', done, total, performance.now());
    session.changed();
  }

  protected notice(session: Session, notice: Notice): void {
    this.notices = [...this.notices, notice];
    session.changed();
  }
}

/** The items of a study as its record names them. */
export function namedItems({ name, version, items }: ItemBank) {
  return { name, version, ids: items.map(({ id }) => id) };
}
