import { words } from '../i18n';
import type { Model, MonitoringRows } from '../lib/traitscope';
import type { ItemBank, MonitoringResult, MonitoringSummary, Notice, Persona, TraitArtefact } from '../types';
import type { AskedFor } from './asked';
import { meter, type Placed } from './dials';
import { ANSWERS } from './journal';
import { PageError } from './page-error';
import { type Beginning, RecordedStudy, type RecordHead } from './recorded-study';
import type { Session } from './session';
import { type Extent, namedItems } from './study';
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

interface MonitorPlan {
  at: Placed;
  items: ItemBank;
  artefact: TraitArtefact | null;
}

/** One study of a meter: whether what it reads before an answer tells the answer. */
export class MonitorStudy extends RecordedStudy<MonitorPlan> {
  record: MonitorRecord | null = null;
  readonly extent: Extent;

  constructor(asked: AskedFor<'monitoring'>, model: Model, beginning: Beginning) {
    super(asked, model, beginning);
    this.extent = asked.extent;
  }

  /** What was found on the items of its trait. */
  get summary(): MonitoringSummary | null {
    return this.record?.result.traits[0] ?? null;
  }

  protected override async plan(session: Session, signal: AbortSignal): Promise<MonitorPlan> {
    const at = this.place(session);
    const items = meterItems(await allItems(session), this.trait, this.extent);
    if (items.items.length === 0) {
      throw new PageError('items.invalid', words.study.errors.noItemOf(traitWithin(this.trait)));
    }
    return { at, items, artefact: await session.steer.artefactOf(this.trait, signal) };
  }

  protected override async ask(
    { at, items, artefact }: MonitorPlan,
    session: Session,
    signal: AbortSignal,
  ): Promise<void> {
    const { model, journal } = this;
    const separation = await journal.once('separation', async () => {
      const onNotice = (notice: Notice) => this.notice(session, notice);
      const extracted = artefact ? await model.extract({ artefact, signal, onNotice }) : null;
      return extracted?.separation[at.layer] ?? null;
    });
    const personas = personasOf(artefact, PAIRS[this.extent]);
    const result = await this.measured(
      model.monitoring({
        items,
        meter: meter(at),
        personas,
        ...this.giving(session, signal),
        ...journal.parted<MonitoringRows>(ANSWERS),
        onProgress: ({ done, total }) => this.progress(session, done, total),
      }),
    );
    this.record = {
      format: 'traitscope-monitoring',
      ...(await this.head(at)),
      personas,
      items: namedItems(items),
      separation,
      result,
    };
  }
}
