import { words } from '../i18n';
import { PageError } from './page-error';
import type { Session } from './session';

/** How often it is looked whether the page was stopped, and from when on that is told, in milliseconds. */
const EVERY = 5_000;
const LONG = 60_000;

/**
 * Keeps the screen on while a model works, where the browser lets it: a computer that falls asleep stops the work. Where the browser
 * has stopped the page all the same, it tells so.
 */
export class Awake {
  readonly #session: Session;
  #lock: WakeLockSentinel | null = null;
  #asking = false;
  #timer: ReturnType<typeof setInterval> | null = null;
  #last = 0;

  constructor(session: Session) {
    this.#session = session;
    session.addEventListener('change', () => this.#follow());
    // The lock ends when the tab is left.
    document.addEventListener('visibilitychange', () => this.#follow());
  }

  #follow(): void {
    const { busy } = this.#session;
    if (busy && this.#timer === null) {
      this.#last = Date.now();
      this.#timer = setInterval(() => this.#look(), EVERY);
    } else if (!busy && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
    if (busy) void this.#hold();
    else void this.#release();
  }

  #look(): void {
    const now = Date.now();
    const stopped = now - this.#last - EVERY;
    this.#last = now;
    if (stopped < LONG) return;
    const minutes = Math.round(stopped / 60_000);
    this.#session.slept = new PageError('page.suspended', words.nav.suspended(minutes));
    this.#session.changed();
  }

  async #hold(): Promise<void> {
    if (this.#lock || this.#asking || document.visibilityState !== 'visible') return;
    this.#asking = true;
    // Refused where the battery is low, or by the user's settings; the work goes on without.
    const lock = await navigator.wakeLock?.request('screen').catch(() => null);
    this.#asking = false;
    if (!lock) return;
    this.#lock = lock;
    lock.addEventListener('release', () => {
      this.#lock = null;
    });
    if (!this.#session.busy) await this.#release();
  }

  async #release(): Promise<void> {
    await this.#lock?.release().catch(() => undefined);
    this.#lock = null;
  }
}
