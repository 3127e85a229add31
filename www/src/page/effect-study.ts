import { words } from '../i18n';
import { type EffectRows, gaussian, type Model, type TimedEffect } from '../lib/traitscope';
import type { Arm, DirectionEffects, ItemBank, Notice, Persona, PlacedEffect, TraitArtefact } from '../types';
import type { AskedFor } from './asked';
import { dosesUpTo, layersToTry, type Placed, placed } from './dials';
import { ANSWERS } from './journal';
import { PageError } from './page-error';
import { type Beginning, RecordedStudy, type RecordHead } from './recorded-study';
import type { Session } from './session';
import { type Extent, namedItems } from './study';
import { allItems, choosingItems, effectItems, ownEffect, personasOf } from './study-items';
import { traitWithin } from './wording';

/** Directions of chance of each kind. */
const CHANCE = 20;

/** What was studied, with all that is needed to repeat it. */
export interface EffectRecord extends RecordHead {
  format: 'traitscope-effect';
  /** The effects of the layers that were tried on other items; null where the layer was known before. */
  chosen: ChosenLayer | null;
  doses: number[];
  chance: { kinds: string[]; directions: number; doses: number[] };
  personas: Persona[];
  items: ReturnType<typeof namedItems>;
  result: TimedEffect;
}

/** How a layer was chosen. */
export interface ChosenLayer {
  /** Change of d on the trait's own items from the one end of the doses to the other, of each layer that was tried. */
  effects: { layer: number; change: number | null }[];
  items: ReturnType<typeof namedItems>;
}

/** What it takes: the items, those on which the layer is chosen first, and the layers that there are to choose from. */
interface EffectPlan {
  items: ItemBank;
  choosing: ItemBank | null;
  layers: Placed[];
  artefact: TraitArtefact | null;
  personas: Persona[];
}

/** One study of a direction: items under its doses, and under directions of chance. */
export class EffectStudy extends RecordedStudy<EffectPlan> {
  result: TimedEffect | null = null;
  record: EffectRecord | null = null;
  readonly extent: Extent;
  /** Whether the layer is chosen first. */
  readonly sweep: boolean;

  constructor(asked: AskedFor<'effect'>, model: Model, beginning: Beginning) {
    super(asked, model, beginning);
    this.extent = asked.extent;
    this.sweep = asked.sweep;
  }

  /** What the direction of the study does. */
  get direction(): DirectionEffects | null {
    return this.result?.summary.directions[0] ?? null;
  }

  /** Its effect on the items of its own trait, where there are any. */
  get own(): PlacedEffect | null {
    return this.direction ? ownEffect(this.direction) : null;
  }

  protected override async plan(session: Session, signal: AbortSignal): Promise<EffectPlan> {
    const { trait, extent, sweep } = this;
    const { steer } = session;
    const all = await allItems(session);
    const choosing = sweep ? choosingItems(all, trait) : null;
    if (choosing?.items.length === 0) {
      throw new PageError('items.invalid', words.study.errors.noLayer(traitWithin(trait)));
    }
    const items = effectItems(all, trait, extent);
    if (items.items.length === 0) throw new PageError('items.invalid', words.study.errors.noItem);
    const tried = layersToTry(this.model.info.layers).flatMap(
      layer => placed(steer.vectors, trait, layer) ?? [],
    );
    const layers = sweep && tried.length > 0 ? tried : [this.place(session)];
    const artefact = await steer.artefactOf(trait, signal);
    const personas = extent === 'full' ? personasOf(artefact, 1) : [];
    return { items, choosing, layers, artefact, personas };
  }

  protected override async ask(plan: EffectPlan, session: Session, signal: AbortSignal): Promise<void> {
    const { items, layers, personas } = plan;
    const widest = this.settings.cap;
    const doses = dosesUpTo(widest);
    const chosen = await this.#choose(plan, session, signal);
    const at = layers.find(({ layer }) => chosen && layer === strongest(chosen)) ?? (layers[0] as Placed);
    this.begin(null);
    const beside = await this.journal.once('chance', () => this.#chance(session, plan, at, signal));
    const result = await this.measured(
      this.model.effect({
        items,
        arms: [{ kind: 'trait', ...at, doses }, ...beside],
        personas,
        ...this.giving(session, signal),
        ...this.journal.parted<EffectRows>(ANSWERS),
        onProgress: (done, total) => this.progress(session, done, total),
      }),
    );
    this.result = result;
    this.record = {
      format: 'traitscope-effect',
      ...(await this.head(at)),
      chosen,
      doses,
      chance: {
        kinds: [...new Set(beside.map(({ kind }) => kind))],
        directions: CHANCE,
        doses: [-widest, widest],
      },
      personas,
      items: namedItems(items),
      result,
    };
  }

  /** Tries some layers on the items that the study leaves out. */
  async #choose(
    { choosing, layers }: EffectPlan,
    session: Session,
    signal: AbortSignal,
  ): Promise<ChosenLayer | null> {
    if (!choosing) return null;
    const widest = this.settings.cap;
    this.begin('layer');
    const { summary, cancelled } = await this.model.effect({
      items: choosing,
      arms: layers.map(at => ({ kind: 'trait', ...at, doses: [-widest, widest] })),
      ...this.giving(session, signal),
      ...this.journal.parted<EffectRows>('layer'),
      onProgress: (done, total) => this.progress(session, done, total),
    });
    if (cancelled) throw new PageError('run.cancelled', words.study.errors.stopped);
    const effects = summary.directions.map(one => ({
      layer: one.layer,
      change: ownEffect(one)?.change.d.value ?? null,
    }));
    return { effects, items: namedItems(choosing) };
  }

  /** Directions of chance beside the one at its layer, at the ends of the doses. */
  async #chance(session: Session, { artefact }: EffectPlan, at: Placed, signal: AbortSignal): Promise<Arm[]> {
    const { seed, cap } = this.settings;
    const onNotice = (notice: Notice) => this.notice(session, notice);
    const arms = (kind: Arm['kind'], vectors: number[][]) =>
      vectors.map(vector => ({ ...at, kind, vector, doses: [-cap, cap] }));
    const shuffled = artefact
      ? await this.model.shuffled({ artefact, layer: at.layer, count: CHANCE, seed, signal, onNotice })
      : [];
    // Where no texts are known, directions drawn at random are all there is.
    const random =
      this.extent === 'full' || !artefact ? await gaussian(this.model.info.width, CHANCE, seed) : [];
    return [...arms('shuffled', shuffled), ...arms('gaussian', random)];
  }
}

/** The layer at which the push moved the answers most, towards its trait. */
function strongest({ effects }: ChosenLayer): number {
  const value = ({ change }: { change: number | null }) => change ?? Number.NEGATIVE_INFINITY;
  return effects.reduce((best, one) => (value(one) > value(best) ? one : best)).layer;
}
