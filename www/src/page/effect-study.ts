import { words } from '../i18n';
import { gaussian, type Model, type TimedEffect } from '../lib/traitscope';
import type { Arm, DirectionEffects, ItemBank, Notice, Persona, PlacedEffect, TraitArtefact } from '../types';
import { dosesUpTo, layersToTry, type Placed, placed } from './dials';
import { PageError } from './page-error';
import type { Session } from './session';
import { type Extent, namedItems, type RecordHead, Study } from './study';
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

/** One study of a direction: items under its doses, and under directions of chance. */
export class EffectStudy extends Study {
  result: TimedEffect | null = null;
  record: EffectRecord | null = null;
  readonly extent: Extent;
  /** Whether the layer is chosen first. */
  readonly sweep: boolean;

  constructor(trait: string, extent: Extent, sweep: boolean, model: Model) {
    super(trait, model);
    this.extent = extent;
    this.sweep = sweep;
  }

  /** What the direction of the study does. */
  get direction(): DirectionEffects | null {
    return this.result?.summary.directions[0] ?? null;
  }

  /** Its effect on the items of its own trait, where there are any. */
  get own(): PlacedEffect | null {
    return this.direction ? ownEffect(this.direction) : null;
  }

  protected override async work(session: Session, signal: AbortSignal): Promise<void> {
    const { model } = this;
    const { steer, settings } = session;
    const widest = settings.cap;
    const doses = dosesUpTo(widest);
    const items = await allItems(session);
    const chosen = this.sweep ? await this.#choose(session, items, widest, signal) : null;
    const at = this.place(session, chosen ? strongest(chosen) : undefined);
    this.begin(null);
    const bank = effectItems(items, this.trait, this.extent);
    if (bank.items.length === 0) throw new PageError('items.invalid', words.study.errors.noItem);
    const artefact = await steer.artefactOf(this.trait, signal);
    const beside = await this.#chance(session, { artefact, at, signal, doses: [-widest, widest] });
    const personas = this.extent === 'full' ? personasOf(artefact, 1) : [];
    const result = await this.measured(
      model.effect({
        items: bank,
        arms: [{ kind: 'trait', ...at, doses }, ...beside],
        personas,
        ...this.giving(session, signal),
        onProgress: (done, total) => this.progress(session, done, total),
      }),
    );
    this.result = result;
    this.record = {
      format: 'traitscope-effect',
      ...(await this.head(session, at)),
      chosen,
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

  /** Tries some layers on the items that the study leaves out. */
  async #choose(
    session: Session,
    items: ItemBank,
    widest: number,
    signal: AbortSignal,
  ): Promise<ChosenLayer> {
    const bank = choosingItems(items, this.trait);
    if (bank.items.length === 0) {
      throw new PageError('items.invalid', words.study.errors.noLayer(traitWithin(this.trait)));
    }
    this.begin('layer');
    const tried = layersToTry(this.model.info.layers).flatMap(
      layer => placed(session.steer.vectors, this.trait, layer) ?? [],
    );
    const { summary, cancelled } = await this.model.effect({
      items: bank,
      arms: tried.map(at => ({ kind: 'trait', ...at, doses: [-widest, widest] })),
      ...this.giving(session, signal),
      onProgress: (done, total) => this.progress(session, done, total),
    });
    if (cancelled) throw new PageError('run.cancelled', words.study.errors.stopped);
    const effects = summary.directions.map(one => ({
      layer: one.layer,
      change: ownEffect(one)?.change.d.value ?? null,
    }));
    return { effects, items: namedItems(bank) };
  }

  async #chance(session: Session, { artefact, at, signal, doses }: Chance): Promise<Arm[]> {
    const { seed } = session.settings;
    const onNotice = (notice: Notice) => this.notice(session, notice);
    const arms = (kind: Arm['kind'], vectors: number[][]) =>
      vectors.map(vector => ({ ...at, kind, vector, doses }));
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

/** What directions of chance are to be held against. */
interface Chance {
  artefact: TraitArtefact | null;
  at: Placed;
  signal: AbortSignal;
  doses: number[];
}
