import {
  asError,
  gaussian,
  type Model,
  parseItems,
  type TimedEffect,
  TraitscopeError,
  version,
} from '../lib/traitscope';
import type { Arm, DirectionEffects, Item, ItemBank, ModelInfo, Notice, PlacedEffect } from '../types';
import { MOST_DOSE, type Placed, placed } from './dials';
import { Pace } from './pace';
import { traitsOf } from './selection';
import type { Session } from './session';

/** How much is asked. */
export type Extent = 'quick' | 'full';

/** Directions of chance of each kind. */
const CHANCE = 20;

/** Items of each trait beside the one that is pushed. */
const ITEMS_BESIDE = 3;

/** Doses between nothing and the widest, either way. */
const DOSES_A_SIDE = 4;

/** What was studied, with all that is needed to repeat it. */
export interface EffectRecord {
  format: 'traitscope-effect';
  format_version: 1;
  date: string;
  program: string;
  model: ModelInfo;
  trait: string;
  layer: number;
  doses: number[];
  chance: { kinds: string[]; directions: number; doses: number[] };
  seed: number;
  items: { name: string; version: string; ids: string[] };
  result: TimedEffect;
}

/** One study of a direction: items under its doses, and under directions of chance. */
export class EffectStudy {
  status: 'running' | 'done' | 'failed' = 'running';
  done = 0;
  total = 0;
  result: TimedEffect | null = null;
  record: EffectRecord | null = null;
  error: TraitscopeError | null = null;
  notices: Notice[] = [];
  stopping = false;
  readonly pace = new Pace();
  readonly trait: string;
  readonly extent: Extent;
  #abort = new AbortController();

  constructor(trait: string, extent: Extent) {
    this.trait = trait;
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

  stop(): void {
    this.stopping = true;
    this.#abort.abort();
  }

  /** Runs the study; ends with `result` or `error`. */
  async run(session: Session, model: Model): Promise<void> {
    try {
      await this.#run(session, model);
      this.status = 'done';
    } catch (error) {
      const fault = asError(error);
      this.status = 'failed';
      if (fault.code !== 'run.cancelled') this.error = fault;
    }
    session.changed();
  }

  async #run(session: Session, model: Model): Promise<void> {
    const { steer, settings } = session;
    const at = placed(steer.vectors, this.trait, steer.layerOf(this.trait));
    if (!at) throw new TraitscopeError('direction.layer', `there is no direction of ${this.trait}`);
    const { signal } = this.#abort;
    const widest = Math.min(settings.cap, MOST_DOSE);
    const doses = dosesUpTo(widest);
    const bank = studyItems(await allItems(session), this.trait, this.extent);
    if (bank.items.length === 0) throw new TraitscopeError('items.invalid', 'there is no item to ask');
    const beside = await this.#chance(session, model, at, [-widest, widest]);
    const result = await model.effect({
      items: bank,
      arms: [{ kind: 'trait', ...at, doses }, ...beside],
      seed: settings.seed,
      promptMode: settings.prompt,
      activations: settings.activations,
      ...(settings.workers === null ? {} : { workers: settings.workers }),
      signal,
      onNotice: notice => {
        this.notices = [...this.notices, notice];
        session.changed();
      },
      onProgress: (done, total) => {
        this.done = done;
        this.total = total;
        this.pace.note('', done, total, performance.now());
        session.changed();
      },
    });
    this.result = result;
    this.record = {
      format: 'traitscope-effect',
      format_version: 1,
      date: new Date().toISOString(),
      program: `traitscope ${await version()}`,
      model: model.info,
      trait: this.trait,
      layer: at.layer,
      doses,
      chance: {
        kinds: [...new Set(beside.map(({ kind }) => kind))],
        directions: CHANCE,
        doses: [-widest, widest],
      },
      seed: settings.seed,
      items: { name: bank.name, version: bank.version, ids: bank.items.map(({ id }) => id) },
      result,
    };
  }

  async #chance(session: Session, model: Model, at: Placed, doses: number[]): Promise<Arm[]> {
    const { seed } = session.settings;
    const { signal } = this.#abort;
    const arms = (kind: Arm['kind'], vectors: number[][]) =>
      vectors.map(vector => ({ ...at, kind, vector, doses }));
    const artefact = await session.steer.artefactOf(this.trait, signal);
    const shuffled = artefact
      ? await model.shuffled({ artefact, layer: at.layer, count: CHANCE, seed, signal })
      : [];
    // Where no texts are known, directions drawn at random are all there is.
    const random = this.extent === 'full' || !artefact ? await gaussian(model.info.width, CHANCE, seed) : [];
    return [...arms('shuffled', shuffled), ...arms('gaussian', random)];
  }
}

/** Nine doses, 0 among them. */
export function dosesUpTo(widest: number): number[] {
  const step = widest / DOSES_A_SIDE;
  return Array.from({ length: 2 * DOSES_A_SIDE + 1 }, (_, i) =>
    Number(((i - DOSES_A_SIDE) * step).toFixed(6)),
  );
}

export function sameTrait(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Every other item of each trait, from the second on: the layers of the catalogue were chosen on those before them. */
export function secondHalf(items: Item[]): Item[] {
  const seen = new Map<string, number>();
  return items.filter(({ personality }) => {
    const before = seen.get(personality) ?? 0;
    seen.set(personality, before + 1);
    return before % 2 === 1;
  });
}

/** The items of a study: all of the trait's own, and in full a few of every other trait. */
export function studyItems(bank: ItemBank, trait: string, extent: Extent): ItemBank {
  const held = secondHalf(bank.items);
  const own = traitsOf(held).some(name => sameTrait(name, trait));
  const counts = new Map<string, number>();
  const items = held.filter(({ personality }) => {
    if (sameTrait(personality, trait)) return true;
    const count = (counts.get(personality) ?? 0) + 1;
    counts.set(personality, count);
    return count <= ITEMS_BESIDE && (extent === 'full' || !own);
  });
  return { ...bank, items };
}

/** The bundled items, and those that were written for studies of steering. */
async function allItems({ bundled }: Session): Promise<ItemBank> {
  if (!bundled) throw new TraitscopeError('items.invalid', 'the items are not there yet');
  const response = await fetch(new URL('items/steering.json', document.baseURI)).catch(() => null);
  if (!response?.ok) {
    throw new TraitscopeError('network.failed', 'the items for studies of steering could not be fetched');
  }
  const more = await parseItems(new File([await response.blob()], 'steering.json'));
  return {
    ...bundled,
    name: `${bundled.name} + ${more.name}`,
    version: `${bundled.version} + ${more.version}`,
    items: [...bundled.items, ...more.items],
  };
}
