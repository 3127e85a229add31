import type { Observation, ScoreRequest } from '../types';
import { itemKey, observationKey, observationsPerItem } from './merge';

/** Counts the items of a request of which every observation is there. */
export class Tally {
  readonly total: number;
  #missing = new Map<string, number>();
  #seen = new Set<string>();
  #done = 0;

  constructor(request: ScoreRequest) {
    this.total = request.items.items.length;
    for (const item of request.items.items) {
      this.#missing.set(itemKey(item.personality, item.id), observationsPerItem(request, item));
    }
  }

  get done(): number {
    return this.#done;
  }

  /** Notes one observation; the same one twice counts once. */
  note(observation: Observation): void {
    const key = observationKey(observation);
    const item = itemKey(observation.trait, observation.item);
    const missing = this.#missing.get(item);
    if (missing === undefined || this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#missing.set(item, missing - 1);
    if (missing === 1) this.#done += 1;
  }
}
