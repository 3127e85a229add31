import type { ReactiveController } from 'lit';
import type { SessionElement } from './base';
import { Waiting } from './waiting';

/** Brings the test into view when it begins by itself after a loading, for whoever is still waiting at the model. */
export class RunInView implements ReactiveController {
  #host: SessionElement;
  #follows = false;
  #waiting = new Waiting();

  constructor(host: SessionElement) {
    this.#host = host;
  }

  hostUpdated(): void {
    const { session } = this.#host;
    const { runFollows, run } = session;
    if (runFollows && !this.#follows) this.#waiting.begin();
    const begun = this.#follows && !runFollows && run?.status === 'running';
    this.#follows = runFollows;
    if (!begun || !this.#waiting.still(this.#host, ['ts-model-step', 'ts-test-step'])) return;
    if (session.settings.view === 'places') {
      if (session.place === 'model') session.go('test');
      return;
    }
    requestAnimationFrame(() => {
      // At once, so that where the results find the user waiting is where this has put them.
      this.#host.renderRoot
        .querySelector('ts-step')
        ?.scrollIntoView({ behavior: 'instant', block: 'nearest' });
    });
  }
}
