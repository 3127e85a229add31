import { words } from '../i18n';
import type { Saved } from './earlier';
import { PageError } from './page-error';
import { saveText } from './save';
import type { Session } from './session';

/** What the browser did not keep though it should have: it is said once, and results among it can be saved as files. */
export class Unkept {
  /** What is said of it; null for nothing. */
  error: PageError | null = null;
  /** Results that are nowhere but on this page. */
  results: Saved[] = [];
  #told = false;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
    // What goes with the page has the browser ask before it is left.
    addEventListener('beforeunload', event => {
      const { studies, run } = session;
      const unwritten = this.#told && (studies.running !== null || run?.status === 'running');
      const passing = studies.passing || session.steer.kept.passing;
      if (this.results.length > 0 || passing || unwritten) event.preventDefault();
    });
  }

  /** Something was not kept, for a reason. */
  add(reason: unknown, result: Saved | null = null): void {
    if (result) this.results = [...this.results.filter(({ id }) => id !== result.id), result];
    if (this.#told && !result) return;
    this.#told = true;
    const why = reason instanceof Error ? reason.message : String(reason);
    this.error = new PageError('storage.results', words.recovery.unkept(why));
    this.#session.changed();
  }

  /** Hands the results to the browser as downloads; there is nothing more to say then. */
  save(): void {
    for (const { name, text } of this.results) saveText(name, 'application/json', text);
    this.results = [];
    this.error = null;
    this.#session.changed();
  }
}
