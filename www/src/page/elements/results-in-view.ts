import type { ReactiveController } from 'lit';
import type { Run } from '../run';
import type { SessionElement } from './base';
import type { StepElement } from './step';
import { Waiting } from './waiting';

/** Brings the results into view when a run ends, for whoever is still waiting at the test. */
export class ResultsInView implements ReactiveController {
  #host: SessionElement;
  #running: Run | null = null;
  #waiting = new Waiting();

  constructor(host: SessionElement) {
    this.#host = host;
  }

  hostUpdated(): void {
    const { session } = this.#host;
    const { run } = session;
    if (!run) return;
    if (run.status === 'running') {
      if (run !== this.#running) this.#waiting.begin();
      this.#running = run;
    } else if (run === this.#running) {
      this.#running = null;
      if (!run.result || !this.#waiting.still(this.#host, ['ts-test-step'])) return;
      if (session.settings.view === 'all') requestAnimationFrame(() => this.#bring());
      else if (session.place === 'test') session.go('results');
    }
  }

  #bring(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const step = this.#host.renderRoot.querySelector<StepElement>('ts-step');
    step?.focusHeading();
    step?.scrollIntoView({ behavior: still ? 'instant' : 'smooth', block: 'start' });
  }
}
