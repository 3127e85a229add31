import { asError, type Model, type TraitscopeError } from '../lib/traitscope';
import type { Notice } from '../types';
import { Pace } from './pace';
import type { Session } from './session';

/** How much is asked. */
export type Extent = 'quick' | 'full';

/** A piece of work with the model that takes a while, can be stopped, and keeps what it has. */
export abstract class Study {
  status: 'running' | 'done' | 'failed' = 'running';
  done = 0;
  total = 0;
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
      this.status = 'done';
    } catch (error) {
      const fault = asError(error);
      this.status = 'failed';
      if (fault.code !== 'run.cancelled') this.error = fault;
    }
    session.changed();
  }

  protected abstract work(session: Session, signal: AbortSignal): Promise<void>;

  protected progress(session: Session, done: number, total: number): void {
    this.done = done;
    this.total = total;
    this.pace.note('', done, total, performance.now());
    session.changed();
  }

  protected notice(session: Session, notice: Notice): void {
    this.notices = [...this.notices, notice];
    session.changed();
  }
}
