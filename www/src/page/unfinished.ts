import { type KeptRun, KeptRuns } from './kept-runs';
import { Run } from './run';
import { sameModel } from './same-model';
import type { Session } from './session';

/** The test that did not come to its end and can be gone on with: the last one of those. */
export class Unfinished {
  run: KeptRun | null = null;
  /** Others, that are older. */
  others = 0;
  /** Those that were forgotten in this visit and can be had back. */
  forgotten: KeptRun[] = [];
  readonly keeper: KeptRuns;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
    this.keeper = new KeptRuns(reason => session.unkept.add(reason));
  }

  async find(): Promise<void> {
    const found = await this.keeper.find();
    this.run = found?.run ?? null;
    this.others = found?.others ?? 0;
    this.#session.changed();
  }

  /** Whether it can be gone on with now: it takes the model that it was given to. */
  get canGoOn(): boolean {
    const { busy, model } = this.#session;
    return !busy && this.run !== null && model !== null && sameModel(this.run.model, model.info);
  }

  async goOn(): Promise<void> {
    const session = this.#session;
    const { run } = this;
    const { model, selfTest } = session;
    if (!run || !model || !this.canGoOn) return;
    this.run = null;
    await session.give(new Run(model, selfTest, run, this.keeper, () => session.changed(), run));
  }

  async giveUp(): Promise<void> {
    const given = this.run && (await this.keeper.giveUp(this.run.id));
    if (given) this.forgotten = [...this.forgotten, given];
    await this.find();
  }

  /** Has one of those back; whether that could be done. */
  async undo(run: KeptRun): Promise<boolean> {
    const back = await this.keeper.putBack(run);
    if (back) this.forgotten = this.forgotten.filter(each => each !== run);
    await this.find();
    return back;
  }

  /** A run has ended: one that is complete, or has nothing to go on with, is not kept. */
  async ended(run: Run): Promise<void> {
    if (run.complete || run.kept.rows.length === 0) await this.keeper.forget(run.id);
    else await this.keeper.pause();
    await this.find();
  }
}
