import { type Model, parseTexts } from '../lib/traitscope';
import type { DataText, DifferenceResult } from '../types';
import { meter } from './dials';
import type { Session } from './session';
import { type RecordHead, Study } from './study';

/** What was read, with all that is needed to repeat it. */
export interface DataRecord extends RecordHead {
  format: 'traitscope-difference';
  texts: DataText[];
  result: DifferenceResult;
}

/** Texts of the user's own, read along a direction beside the model's own answers. */
export class DataStudy extends Study {
  record: DataRecord | null = null;
  #texts: string;

  constructor(trait: string, texts: string, model: Model) {
    super(trait, model);
    this.#texts = texts;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { model } = this;
    const at = this.place(session);
    const texts = await parseTexts(new Blob([this.#texts]));
    const result = await model.difference({
      texts,
      meter: meter(at),
      ...this.writing(session, signal),
    });
    this.record = {
      format: 'traitscope-difference',
      ...(await this.head(session, at)),
      texts,
      result,
    };
  }
}
