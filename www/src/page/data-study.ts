import { type Model, parseTexts } from '../lib/traitscope';
import type { DataText, DifferenceResult } from '../types';
import type { AskedFor } from './asked';
import { meter, type Placed } from './dials';
import { type Beginning, RecordedStudy, type RecordHead } from './recorded-study';
import type { Session } from './session';

/** What was read, with all that is needed to repeat it. */
export interface DataRecord extends RecordHead {
  format: 'traitscope-difference';
  texts: DataText[];
  result: DifferenceResult;
}

interface DataPlan {
  at: Placed;
  texts: DataText[];
}

/** Texts of the user's own, read along a direction beside the model's own answers. */
export class DataStudy extends RecordedStudy<DataPlan> {
  override readonly passing = true;
  record: DataRecord | null = null;
  readonly #texts: string;

  constructor(asked: AskedFor<'difference'>, model: Model, beginning: Beginning) {
    super(asked, model, beginning);
    this.#texts = asked.texts;
  }

  protected override async plan(session: Session): Promise<DataPlan> {
    const at = this.place(session);
    return { at, texts: await parseTexts(new Blob([this.#texts])) };
  }

  protected override async ask(
    { at, texts }: DataPlan,
    session: Session,
    signal: AbortSignal,
  ): Promise<void> {
    const result = await this.model.difference({
      texts,
      meter: meter(at),
      ...this.writing(session, signal),
    });
    this.record = {
      format: 'traitscope-difference',
      ...(await this.head(at)),
      texts,
      result,
    };
  }
}
