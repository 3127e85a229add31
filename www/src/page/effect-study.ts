import { gaussian, type Model, type TimedEffect, TraitscopeError } from '../lib/traitscope';
import type { Arm, DirectionEffects, Persona, PlacedEffect, TraitArtefact } from '../types';
import { MOST_DOSE, type Placed } from './dials';
import type { Session } from './session';
import { type Extent, namedItems, type RecordHead, Study } from './study';
import { allItems, effectItems, personasOf, sameTrait } from './study-items';

/** Directions of chance of each kind. */
const CHANCE = 20;

/** Doses between nothing and the widest, either way. */
const DOSES_A_SIDE = 4;

/** What was studied, with all that is needed to repeat it. */
export interface EffectRecord extends RecordHead {
  format: 'traitscope-effect';
  doses: number[];
  chance: { kinds: string[]; directions: number; doses: number[] };
  personas: Persona[];
  items: ReturnType<typeof namedItems>;
  result: TimedEffect;
}

/** One study of a direction: items under its doses, and under directions of chance. */
export class EffectStudy extends Study {
  result: TimedEffect | null = null;
  record: EffectRecord | null = null;
  readonly extent: Extent;

  constructor(trait: string, extent: Extent, model: Model) {
    super(trait, model);
    this.extent = extent;
  }

  /** What the direction of the study does. */
  get direction(): DirectionEffects | null {
    return this.result?.summary.directions[0] ?? null;
  }

  /** Its effect on the items of its own trait, where there are any. */
  get own(): PlacedEffect | null {
    const { trait } = this;
    return this.direction?.effects.find(({ change }) => sameTrait(change.trait, trait)) ?? null;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { model } = this;
    const { steer, settings } = session;
    const at = this.place(session);
    const widest = Math.min(settings.cap, MOST_DOSE);
    const doses = dosesUpTo(widest);
    const bank = effectItems(await allItems(session), this.trait, this.extent);
    if (bank.items.length === 0) throw new TraitscopeError('items.invalid', 'there is no item to ask');
    const artefact = await steer.artefactOf(this.trait, signal);
    const beside = await this.#chance(session, { artefact, at, signal, doses: [-widest, widest] });
    const personas = this.extent === 'full' ? personasOf(artefact, 1) : [];
    const result = await model.effect({
      items: bank,
      arms: [{ kind: 'trait', ...at, doses }, ...beside],
      personas,
      ...this.giving(session, signal),
      onProgress: (done, total) => this.progress(session, done, total),
    });
    this.result = result;
    this.record = {
      format: 'traitscope-effect',
      ...(await this.head(session, at)),
      doses,
      chance: {
        kinds: [...new Set(beside.map(({ kind }) => kind))],
        directions: CHANCE,
        doses: [-widest, widest],
      },
      personas,
      items: namedItems(bank),
      result,
    };
  }

  async #chance({ settings: { seed } }: Session, { artefact, at, signal, doses }: Chance): Promise<Arm[]> {
    const arms = (kind: Arm['kind'], vectors: number[][]) =>
      vectors.map(vector => ({ ...at, kind, vector, doses }));
    const shuffled = artefact
      ? await this.model.shuffled({ artefact, layer: at.layer, count: CHANCE, seed, signal })
      : [];
    // Where no texts are known, directions drawn at random are all there is.
    const random =
      this.extent === 'full' || !artefact ? await gaussian(this.model.info.width, CHANCE, seed) : [];
    return [...arms('shuffled', shuffled), ...arms('gaussian', random)];
  }
}

/** What directions of chance are to be held against. */
interface Chance {
  artefact: TraitArtefact | null;
  at: Placed;
  signal: AbortSignal;
  doses: number[];
}

/** Nine doses, 0 among them. */
export function dosesUpTo(widest: number): number[] {
  const step = widest / DOSES_A_SIDE;
  return Array.from({ length: 2 * DOSES_A_SIDE + 1 }, (_, i) =>
    Number(((i - DOSES_A_SIDE) * step).toFixed(6)),
  );
}
