import { fetchLater, words } from '../i18n';
import type { TraitscopeError } from '../lib/traitscope';
import type { sheet } from './elements/sheet';
import { PageError } from './page-error';
import { PLACES, type Place } from './places';

/** What places are made of. The first that a visitor sees comes with the page; the others are fetched after it. */
const PARTS: Record<Place, () => Promise<unknown>> = {
  model: () => Promise.resolve(),
  test: () => Promise.all([import('./elements/test-step'), import('./elements/settings-step')]),
  steer: () => Promise.all([import('./elements/steer-step'), import('./elements/effect-step')]),
  monitor: () => import('./elements/monitor-step'),
  results: () => import('./elements/results-step'),
  about: () => import('./elements/about'),
};

/** How a report is shown, in Results and on paper. */
const sheetPart = () => import('./elements/sheet');

/** What is shown beside the places: the recorded examples, and what explains a word. */
const beside = () => Promise.all([import('./elements/examples'), import('./elements/help')]);

/** Has what all places are made of be there. */
export async function fetchPlaces(): Promise<void> {
  await fetchLater();
  await Promise.allSettled([...PLACES.map(place => PARTS[place]()), sheetPart(), beside()]);
}

/** Has what is shown beside the places be there; where it cannot be fetched, there is none. */
export async function fetchBeside(): Promise<void> {
  await fetchLater();
  await beside().catch(() => undefined);
}

/** Which places can be shown. */
export class PlaceParts {
  /** Why a place cannot be shown. */
  readonly errors = new Map<Place, TraitscopeError>();
  readonly #there = new Set<Place>(['model']);
  readonly #changed: () => void;
  /** How a report is shown, once that is there. */
  sheet: typeof sheet | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  has(place: Place): boolean {
    return this.#there.has(place);
  }

  /** Has a place be there; one that failed is tried again. */
  async fetch(place: Place): Promise<void> {
    if (this.has(place)) return;
    try {
      // All that is fetched here speaks with them.
      await fetchLater();
      await PARTS[place]();
      if (place === 'results') ({ sheet: this.sheet } = await sheetPart());
      this.#there.add(place);
      this.errors.delete(place);
    } catch {
      this.errors.set(place, new PageError('network.failed', words.places.notFetched));
    }
    this.#changed();
  }

  /** Has all of them be there, one after the other, so that what a visitor asks for does not wait behind them. */
  async fetchAll(): Promise<void> {
    for (const place of PLACES) await this.fetch(place);
  }
}
