import type { Words } from '../i18n';
import { asError, type Model, type TraitscopeError } from '../lib/traitscope';
import type { ItemBank, Notice } from '../types';
import type { Saved } from './earlier';
import { Pace } from './pace';
import type { Session } from './session';
import type { Settings } from './settings';

/** How much is asked. */
export type Extent = Settings['meter_extent'];

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
  /** Whether what it has done so far goes with the page, because it is of one piece. */
  readonly passing: boolean = false;
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

  /** What came of it, as it is saved; null where nothing did. */
  abstract get saved(): Saved | null;

  protected abstract work(session: Session, signal: AbortSignal): Promise<void>;

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
