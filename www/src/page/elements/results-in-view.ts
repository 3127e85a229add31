import type { ReactiveController } from 'lit';
import type { Run } from '../run';
import type { SessionElement } from './base';
import type { StepElement } from './step';

/** A view that moved by more than this part of its height since the run began was moved by the user. */
const MOVED = 0.25;

/**
 * Brings the results into view when a run ends, for whoever is still waiting at the test: not for a user who has
 * scrolled elsewhere meanwhile or has the focus in another place.
 */
export class ResultsInView implements ReactiveController {
  #host: SessionElement;
  #running: Run | null = null;
  #scrolled = 0;

  constructor(host: SessionElement) {
    this.#host = host;
  }

  hostUpdated(): void {
    const { run } = this.#host.session;
    if (!run) return;
    if (run.status === 'running') {
      if (run !== this.#running) this.#begun(run);
    } else if (run === this.#running) {
      this.#running = null;
      if (run.result && this.#waiting()) requestAnimationFrame(() => this.#bring());
    }
  }

  /** The page gets shorter when a run begins, which may move the view, so it is noted after that. */
  #begun(run: Run): void {
    this.#running = run;
    requestAnimationFrame(() => {
      this.#scrolled = scrollY;
    });
  }

  #waiting(): boolean {
    const focused = (this.#host.getRootNode() as ShadowRoot).activeElement;
    const elsewhere = focused !== null && focused.localName !== 'ts-test-step';
    return !elsewhere && Math.abs(scrollY - this.#scrolled) <= MOVED * innerHeight;
  }

  #bring(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const step = this.#host.renderRoot.querySelector<StepElement>('ts-step');
    step?.focusHeading();
    step?.scrollIntoView({ behavior: still ? 'instant' : 'smooth', block: 'start' });
  }
}
