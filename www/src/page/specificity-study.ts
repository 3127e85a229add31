import { words } from '../i18n';
import type { EffectRows, TimedEffect } from '../lib/traitscope';
import type { ItemBank } from '../types';
import { type Placed, placed } from './dials';
import { ANSWERS } from './journal';
import { PageError } from './page-error';
import { RecordedStudy, type RecordHead } from './recorded-study';
import { traitsOf } from './selection';
import type { Session } from './session';
import { namedItems } from './study';
import { allItems, sameTrait, someOfEach } from './study-items';

/** Items of each trait: those of the bundled bank on which no layer was chosen. */
const ITEMS = 6;

/** What was studied, with all that is needed to repeat it. */
export interface SpecificityRecord extends Omit<RecordHead, 'layer'> {
  format: 'traitscope-specificity';
  directions: { trait: string; layer: number }[];
  dose: number;
  items: ReturnType<typeof namedItems>;
  result: TimedEffect;
}

interface SpecificityPlan {
  items: ItemBank;
  directions: Placed[];
}

/**
 * Directions pushed both ways, under items of every trait: what else does each of them move? They are those of the traits
 * that the items ask about, and those on the dials; all others would double the time.
 */
export class SpecificityStudy extends RecordedStudy<SpecificityPlan> {
  record: SpecificityRecord | null = null;

  protected override async plan(session: Session): Promise<SpecificityPlan> {
    const { steer } = session;
    const items = someOfEach(await allItems(session), ITEMS);
    if (items.items.length === 0) throw new PageError('items.invalid', words.study.errors.noItem);
    const asked = traitsOf(items.items);
    const dialled = steer.dials.map(({ trait }) => trait);
    const directions = steer.traits
      .filter(trait => dialled.includes(trait) || asked.some(name => sameTrait(name, trait)))
      .flatMap(trait => placed(steer.vectors, trait, steer.layerOf(trait)) ?? []);
    return { items, directions };
  }

  protected override async ask(
    { items, directions }: SpecificityPlan,
    session: Session,
    signal: AbortSignal,
  ): Promise<void> {
    const dose = this.settings.cap;
    const result = await this.measured(
      this.model.effect({
        items,
        arms: directions.map(at => ({ kind: 'trait', ...at, doses: [-dose, dose] })),
        ...this.giving(session, signal),
        ...this.journal.parted<EffectRows>(ANSWERS),
        onProgress: (done, total) => this.progress(session, done, total),
      }),
    );
    this.record = {
      format: 'traitscope-specificity',
      ...(await this.head()),
      directions: directions.map(({ trait, layer }) => ({ trait, layer })),
      dose,
      items: namedItems(items),
      result,
    };
  }
}
