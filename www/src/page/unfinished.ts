import type { Row } from '../lib/traitscope';
import { Kept } from './kept';
import type { RunHead } from './kept-runs';
import { Left } from './left';
import { Run } from './run';
import type { Session } from './session';

/** The test that did not come to its end and can be gone on with: the last one of those. */
export class Unfinished extends Left<RunHead, Row> {
  readonly #session: Session;

  constructor(session: Session) {
    super(new Kept('traitscope-runs', reason => session.unkept.add(reason)));
    this.#session = session;
  }

  override async find(): Promise<void> {
    await super.find();
    this.#session.changed();
  }

  async goOn(): Promise<void> {
    const session = this.#session;
    const { found } = this;
    const { model, selfTest } = session;
    if (!found || !model || session.busy || !this.canGoOn(model)) return;
    this.found = null;
    await session.give(new Run(model, selfTest, found.head, this.keeper, () => session.changed(), found));
  }

  /** A run has ended: one that is complete, or has nothing to go on with, is not kept. */
  async ended(run: Run): Promise<void> {
    if (run.complete || run.rows.length === 0) await this.keeper.forget(run.id);
    else await this.keeper.pause();
    await this.find();
  }
}
