import type { Readout, ScoreRequest } from '../types';
import { unitsOf, withUnits } from './units';

/** Items of a part: few, so that the instances finish together, and enough to fill a forward. */
const ITEMS_OF_A_PART = 4;

/** Factual questions of a part; in letters each is asked four times. */
const QUESTIONS_OF_A_PART: Record<Readout, number> = { continuation: 12, letters: 4 };

/**
 * A run cut into parts that instances take from a queue: the factual questions first, then a few items each. Every
 * question is answered as if it were the only one, so it does not matter who takes which.
 */
export function parts(request: ScoreRequest): ScoreRequest[] {
  return [...gateParts(request), ...itemParts(request)];
}

function gateParts(request: ScoreRequest): ScoreRequest[] {
  const none = withUnits(request, () => false);
  const of = (readout: Readout) =>
    slices(request.gate_questions, QUESTIONS_OF_A_PART[readout]).map(gate_range => ({
      ...none,
      readouts: [readout],
      gate_range,
    }));
  return request.readouts.flatMap(of);
}

function itemParts(request: ScoreRequest): ScoreRequest[] {
  return slices(unitsOf(request).length, ITEMS_OF_A_PART).map(([from, to]) => ({
    ...withUnits(request, place => place >= from && place < to),
    gate_questions: 0,
    gate_range: null,
  }));
}

/** From the first on and before the second of each. */
function slices(count: number, size: number): [number, number][] {
  const found: [number, number][] = [];
  for (let from = 0; from < count; from += size) found.push([from, Math.min(count, from + size)]);
  return found;
}

/** Parts that wait, in order; a part whose worker failed comes back to the front. */
export class Queue<T> {
  #waiting: T[];
  #running = 0;
  #wake: (() => void)[] = [];

  constructor(items: T[]) {
    this.#waiting = [...items];
  }

  /** The next part; waits while others run that may yet come back; null when nothing is left. */
  async next(): Promise<T | null> {
    for (;;) {
      const found = this.#waiting.shift();
      if (found !== undefined) {
        this.#running += 1;
        return found;
      }
      if (this.#running === 0) return null;
      await new Promise<void>(resolve => this.#wake.push(resolve));
    }
  }

  /** The part was done. */
  done(): void {
    this.#running -= 1;
    this.#wakeAll();
  }

  /** The part was not done. */
  back(item: T): void {
    this.#waiting.unshift(item);
    this.done();
  }

  /** Nothing more is handed out. */
  clear(): void {
    this.#waiting = [];
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
