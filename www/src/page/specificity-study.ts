import { words } from '../i18n';
import type { Model, TimedEffect } from '../lib/traitscope';
import { placed } from './dials';
import { PageError } from './page-error';
import { traitsOf } from './selection';
import type { Session } from './session';
import { namedItems, type RecordHead, Study } from './study';
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

/**
 * Directions pushed both ways, under items of every trait: what else does each of them move? They are those of the traits
 * that the items ask about, and those on the dials; all others would double the time.
 */
export class SpecificityStudy extends Study {
  record: SpecificityRecord | null = null;

  constructor(model: Model) {
    super('all', model);
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { steer, settings } = session;
    const dose = settings.cap;
    const bank = someOfEach(await allItems(session), ITEMS);
    const asked = traitsOf(bank.items);
    const dialled = steer.dials.map(({ trait }) => trait);
    const all = steer.traits
      .filter(trait => dialled.includes(trait) || asked.some(name => sameTrait(name, trait)))
      .flatMap(trait => placed(steer.vectors, trait, steer.layerOf(trait)) ?? []);
    if (bank.items.length === 0) throw new PageError('items.invalid', words.study.errors.noItem);
    const result = await this.measured(
      this.model.effect({
        items: bank,
        arms: all.map(at => ({ kind: 'trait', ...at, doses: [-dose, dose] })),
        ...this.giving(session, signal),
        onProgress: (done, total) => this.progress(session, done, total),
      }),
    );
    this.record = {
      format: 'traitscope-specificity',
      ...(await this.head(session)),
      directions: all.map(({ trait, layer }) => ({ trait, layer })),
      dose,
      items: namedItems(bank),
      result,
    };
  }
}
