import type { LoadProgress } from '../types';

const INTERVAL = 100;

/**
 * Passes on about ten reports a second: the first and the last of each phase at once, and after a pause always the
 * newest, so that a stalled download shows how far it came.
 */
export class Throttle {
  #listener: (progress: LoadProgress) => void;
  #last = Number.NEGATIVE_INFINITY;
  #phase = '';
  #held: LoadProgress | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(listener: (progress: LoadProgress) => void) {
    this.#listener = listener;
  }

  readonly report = (progress: LoadProgress): void => {
    const ends = progress.total > 0 && progress.done >= progress.total;
    const wait = INTERVAL - (performance.now() - this.#last);
    if (progress.phase !== this.#phase || ends || wait <= 0) {
      this.#pass(progress);
      return;
    }
    this.#held = progress;
    this.#timer ??= setTimeout(() => {
      if (this.#held) this.#pass(this.#held);
    }, wait);
  };

  /** Nothing is passed on any more. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#held = null;
  }

  #pass(progress: LoadProgress): void {
    this.stop();
    this.#last = performance.now();
    this.#phase = progress.phase;
    this.#listener(progress);
  }
}
