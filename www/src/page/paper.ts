import type { StudyResult } from '../types';
import type { Report } from './report';
import type { Session } from './session';

/** What can be read, and printed, by itself. */
export type Sheet =
  | { of: 'test'; report: Report }
  | { of: 'study'; result: StudyResult }
  /** What the session holds of several tests or studies. */
  | { of: 'comparison' | 'class' | 'studies' };

/** What stands on paper when the page is printed. */
export class Paper {
  /** What is printed on request. */
  printed: Sheet | null = null;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * What stands for the page where nothing is asked for: its test, or else its study. Places without either are printed as
   * they are.
   */
  get standing(): Sheet | null {
    const { reports, studies, settings, place } = this.#session;
    if (settings.view === 'places' && place !== 'test' && place !== 'results') return null;
    const { current } = reports;
    if (current) return { of: 'test', report: current };
    const { shown } = studies.results;
    return shown && { of: 'study', result: shown.result };
  }

  /** Prints a report in the place of the page, once it is there. */
  async print(sheet: Sheet): Promise<void> {
    this.printed = sheet;
    this.#session.changed();
    await new Promise(requestAnimationFrame);
    // What is shown first takes effect with the frame after.
    await new Promise(requestAnimationFrame);
    window.print();
  }

  /** The paper is done with. */
  end(): void {
    this.printed = null;
    this.#session.changed();
  }
}
