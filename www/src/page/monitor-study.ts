import { words } from '../i18n';
import type { Model } from '../lib/traitscope';
import type { MonitoringResult, MonitoringSummary, Notice, Persona } from '../types';
import { meter } from './dials';
import { PageError } from './page-error';
import type { Session } from './session';
import { type Extent, namedItems, type RecordHead, Study } from './study';
import { allItems, meterItems, personasOf } from './study-items';
import { traitWithin } from './wording';

/** Pairs of instructions whose two sides are system prompts. */
const PAIRS: Record<Extent, number> = { quick: 2, full: 5 };

/** What was studied, with all that is needed to repeat it. */
export interface MonitorRecord extends RecordHead {
  format: 'traitscope-monitoring';
  personas: Persona[];
  items: ReturnType<typeof namedItems>;
  /** Share of the pairs of texts that the direction was not made of which it tells apart; null where its texts are not known. */
  separation: number | null;
  result: MonitoringResult;
}

/** One study of a meter: whether what it reads before an answer tells the answer. */
export class MonitorStudy extends Study {
  record: MonitorRecord | null = null;
  readonly extent: Extent;

  constructor(trait: string, extent: Extent, model: Model) {
    super(trait, model);
    this.extent = extent;
  }

  /** What was found on the items of its trait. */
  get summary(): MonitoringSummary | null {
    return this.record?.result.traits[0] ?? null;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { model } = this;
    const { steer } = session;
    const at = this.place(session);
    const bank = meterItems(await allItems(session), this.trait, this.extent);
    if (bank.items.length === 0) {
      throw new PageError('items.invalid', words.study.errors.noItemOf(traitWithin(this.trait)));
    }
    const artefact = await steer.artefactOf(this.trait, signal);
    const onNotice = (notice: Notice) => this.notice(session, notice);
    const extracted = artefact ? await model.extract({ artefact, signal, onNotice }) : null;
    const personas = personasOf(artefact, PAIRS[this.extent]);
    const result = await this.measured(
      model.monitoring({
        items: bank,
        meter: meter(at),
        personas,
        ...this.giving(session, signal),
        onProgress: ({ done, total }) => this.progress(session, done, total),
      }),
    );
    this.record = {
      format: 'traitscope-monitoring',
      ...(await this.head(session, at)),
      personas,
      items: namedItems(bank),
      separation: extracted?.separation[at.layer] ?? null,
      result,
    };
  }
}
