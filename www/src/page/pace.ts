/** Rate and time left of a run, from how far it was when. */
export class Pace {
  #from: { at: number; done: number } | null = null;
  #phase = '';
  #now: { at: number; done: number; total: number } | null = null;

  /** Notes how far the run is; each phase has a pace of its own. `at` is in milliseconds. */
  note(phase: string, done: number, total: number, at: number): void {
    if (phase !== this.#phase || !this.#from || done < this.#from.done) {
      this.#phase = phase;
      this.#from = { at, done };
    }
    this.#now = { at, done, total };
  }

  /** Units a second, null while too little is known. */
  get rate(): number | null {
    if (!this.#from || !this.#now) return null;
    const seconds = (this.#now.at - this.#from.at) / 1000;
    const units = this.#now.done - this.#from.done;
    return seconds >= 1 && units >= 1 ? units / seconds : null;
  }

  /** Seconds to the end of the phase, null while too little is known. */
  get secondsLeft(): number | null {
    const rate = this.rate;
    return rate === null || !this.#now ? null : Math.max(0, this.#now.total - this.#now.done) / rate;
  }
}
