import type { ScoreRequest } from '../types';
import { type Row, rowKey, unitKey, unitsOf } from './units';

/** Counts the items and statements of a request of which every row is there. */
export class Tally {
  readonly total: number;
  #missing = new Map<string, number>();
  #seen = new Set<string>();
  #done = 0;

  constructor(request: ScoreRequest) {
    const units = unitsOf(request);
    this.total = units.length;
    for (const { key, rows } of units) this.#missing.set(key, rows);
  }

  get done(): number {
    return this.#done;
  }

  /** Notes one row; the same one twice counts once. */
  note(row: Row): void {
    const key = rowKey(row);
    const unit = unitKey(row);
    const missing = this.#missing.get(unit);
    if (missing === undefined || this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#missing.set(unit, missing - 1);
    if (missing === 1) this.#done += 1;
  }
}
