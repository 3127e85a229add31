/** Over how long the speed is taken, in milliseconds. */
const WINDOW = 5000;
/** Before so much time has passed, a speed says little. */
const ENOUGH = 1000;

/** How fast a download goes, smoothed over the last seconds; times are those of one clock, in milliseconds. */
export class Rate {
  #samples: { at: number; done: number }[] = [];

  /** `done` bytes were there at this time. */
  add(done: number, at: number): void {
    const last = this.#samples[this.#samples.length - 1];
    // It began again.
    if (last && done < last.done) this.#samples = [];
    else if (last?.done === done) return;
    this.#samples.push({ at, done });
    // One sample from before the window stays, so that there is always something to reckon from.
    while ((this.#samples[1]?.at ?? at) < at - WINDOW) this.#samples.shift();
  }

  /** Bytes a second; null as long as it cannot be told. */
  speed(now: number): number | null {
    const { first, last } = this.#ends;
    if (!first || !last || first === last) return null;
    // While nothing comes, the speed falls by itself.
    const span = Math.max(last.at - first.at, now - Math.max(first.at, last.at - WINDOW));
    return span < ENOUGH ? null : ((last.done - first.done) * 1000) / span;
  }

  /** Seconds until `total` bytes are there, at this speed; null where it cannot be told. */
  secondsLeft(total: number, now: number): number | null {
    const speed = this.speed(now);
    const { last } = this.#ends;
    if (!speed || !last || total < last.done) return null;
    return (total - last.done) / speed;
  }

  /** Seconds since the last byte came. */
  silence(now: number): number {
    const { last } = this.#ends;
    return last ? (now - last.at) / 1000 : 0;
  }

  get #ends() {
    return { first: this.#samples[0], last: this.#samples[this.#samples.length - 1] };
  }
}
