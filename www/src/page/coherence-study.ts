import type { CoherenceResult } from '../types';
import { dosesUpTo, type Placed } from './dials';
import { RecordedStudy, type RecordHead } from './recorded-study';
import type { Session } from './session';
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

interface CoherencePlan {
  at: Placed;
  prompts: string[];
}

/** Questions answered under every dose of a direction: up to which of them do the answers hold together? */
export class CoherenceStudy extends RecordedStudy<CoherencePlan> {
  override readonly passing = true;
  record: CoherenceRecord | null = null;

  protected override async plan(session: Session, signal: AbortSignal): Promise<CoherencePlan> {
    const at = this.place(session);
    return { at, prompts: questionsOf(await session.steer.artefactOf(this.trait, signal), QUESTIONS) };
  }

  protected override async ask(
    { at, prompts }: CoherencePlan,
    session: Session,
    signal: AbortSignal,
  ): Promise<void> {
    const { model } = this;
    const doses = dosesUpTo(this.settings.cap);
    const result = await model.coherence({
      arm: { kind: 'trait', ...at, doses },
      prompts,
      ...this.writing(session, signal),
    });
    this.record = {
      format: 'traitscope-coherence',
      ...(await this.head(at)),
      doses,
      prompts,
      result,
    };
    if (!result.cancelled) session.steer.found(model, this.trait, result.usable);
  }
}
