import type { Model } from '../lib/traitscope';
import type { Identified } from './ids';
import type { Kept, Whole } from './kept';
import { type KeptModel, sameModel } from './same-model';

/** Work of one kind that was left before its end: the last of it can be gone on with. */
export class Left<Head extends Identified & { model: KeptModel }, Part> {
  readonly keeper: Kept<Head, Part>;
  found: Whole<Head, Part> | null = null;
  /** Others, that are older. */
  others = 0;
  /** Those that were forgotten in this visit and can be had back. */
  forgotten: Whole<Head, Part>[] = [];

  constructor(keeper: Kept<Head, Part>) {
    this.keeper = keeper;
  }

  async find(): Promise<void> {
    const kept = await this.keeper.find();
    this.found = kept && { head: kept.head, parts: kept.parts };
    this.others = kept?.others ?? 0;
  }

  /** Whether it can be gone on with: it takes the model that it was begun with. */
  canGoOn(model: Model | null): boolean {
    return this.found !== null && model !== null && sameModel(this.found.head.model, model.info);
  }

  async giveUp(): Promise<void> {
    const given = this.found && (await this.keeper.giveUp(this.found.head.id));
    if (given) this.forgotten = [...this.forgotten, given];
    await this.find();
  }

  /** Has one of those back; whether that could be done. */
  async undo(work: Whole<Head, Part>): Promise<boolean> {
    const back = await this.keeper.putBack(work);
    if (back) this.forgotten = this.forgotten.filter(each => each !== work);
    await this.find();
    return back;
  }
}
