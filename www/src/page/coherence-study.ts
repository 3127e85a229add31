import type { CoherenceResult } from '../types';
import { dosesUpTo } from './dials';
import type { Session } from './session';
import { type RecordHead, Study } from './study';
import { questionsOf } from './study-items';

/** Questions that are answered under each dose. */
const QUESTIONS = 8;

/** What was written, with all that is needed to repeat it. */
export interface CoherenceRecord extends RecordHead {
  format: 'traitscope-coherence';
  doses: number[];
  prompts: string[];
  result: CoherenceResult;
}

/** Questions answered under every dose of a direction: up to which of them do the answers hold together? */
export class CoherenceStudy extends Study {
  record: CoherenceRecord | null = null;

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { model } = this;
    const { steer, settings } = session;
    const at = this.place(session);
    const doses = dosesUpTo(settings.cap);
    const prompts = questionsOf(await steer.artefactOf(this.trait, signal), QUESTIONS);
    const result = await model.coherence({
      arm: { kind: 'trait', ...at, doses },
      prompts,
      ...this.writing(session, signal),
    });
    this.record = {
      format: 'traitscope-coherence',
      ...(await this.head(session, at)),
      doses,
      prompts,
      result,
    };
    if (!result.cancelled) steer.found(model, this.trait, result.usable);
  }
}
