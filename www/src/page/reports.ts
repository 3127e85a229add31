import { words } from '../i18n';
import { asError, compareAnswers, type TraitscopeError } from '../lib/traitscope';
import type { Comparison } from '../types';
import { byAge, type Pair, whyNot } from './comparison';
import { PageError } from './page-error';
import { type Report, reportOf } from './report';
import { openReport } from './report-open';
import type { Run } from './run';
import type { Session } from './session';
import { oneByOne } from './several-files';

/** A pair that is being compared. Why it cannot be is said when it is asked for: the language may have changed since. */
class Comparing implements Pair {
  found: Comparison | null = null;

  constructor(
    readonly report: Report,
    public reason: (() => string | null) | null,
  ) {}

  get why(): string | null {
    return this.reason?.() ?? null;
  }
}

/** Tests beside the current one, from files or put aside, for as long as the page is open; and two or more against each other. */
export class Reports {
  /** Those from files and those that were put aside, in the order in which they came. */
  held: Report[] = [];
  /** Why files that were opened last were refused. */
  errors: TraitscopeError[] = [];
  /** The file that is being read. */
  reading: string | null = null;
  #baseline: string | null = null;
  #current: { run: Run; report: Report } | null = null;
  #opened = 0;
  /** What was compared, by the ids of both. */
  readonly #pairs = new Map<string, Pair>();
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The report of the current test, once that has come to an end. */
  get current(): Report | null {
    const { run } = this.#session;
    if (this.#current && this.#current.run !== run) {
      if (!this.held.includes(this.#current.report)) this.#forget(this.#current.report);
      this.#current = null;
    }
    const record = !this.#current && run && run.status !== 'running' ? run.record : null;
    if (run && record) this.#current = { run, report: reportOf(record) };
    return this.#current?.report ?? null;
  }

  /** All that there are, the current one last unless it was put aside. */
  get all(): Report[] {
    const { current, held } = this;
    return current && !held.includes(current) ? [...held, current] : held;
  }

  /** Reads saved tests. What is refused changes nothing. */
  async open(files: File[], named = files.length > 1): Promise<void> {
    this.errors = [];
    this.errors = await oneByOne(files, named, file => this.#open(file));
    this.reading = null;
    this.#session.changed();
  }

  async #open(file: File): Promise<void> {
    this.reading = file.name;
    this.#session.changed();
    this.#opened += 1;
    try {
      this.held = [...this.held, await openReport(`file ${this.#opened}`, file)];
    } catch (error) {
      // What the core finds wrong with the answers is wrong with the file.
      const { code, message } = asError(error);
      throw code === 'request.invalid'
        ? new PageError('report.invalid', words.opening.refused(message))
        : error;
    }
    this.#session.latest = 'report';
  }

  /** Puts the current test aside, so that another can be held against it. */
  hold(): void {
    const { current } = this;
    if (current && !this.held.includes(current)) this.held = [...this.held, current];
    this.#session.changed();
  }

  remove(report: Report): void {
    this.held = this.held.filter(one => one !== report);
    if (this.#current?.report !== report) this.#forget(report);
    this.#session.changed();
  }

  /** What the others are held against: the oldest unless another is chosen. */
  get baseline(): Report | null {
    const { all } = this;
    return all.find(({ id }) => id === this.#baseline) ?? byAge(all)[0] ?? null;
  }

  chooseBaseline(id: string): void {
    this.#baseline = id;
    this.#session.changed();
  }

  /** Every other report against the baseline; what is not yet known is begun to be computed. */
  get pairs(): Pair[] {
    const { baseline, all } = this;
    if (!baseline) return [];
    return all.filter(report => report !== baseline).map(report => this.#pair(baseline, report));
  }

  #pair(baseline: Report, report: Report): Pair {
    const key = JSON.stringify([baseline.id, report.id]);
    const known = this.#pairs.get(key);
    if (known) return known;
    const reason = whyNot(baseline, report) === null ? null : () => whyNot(baseline, report);
    const pair = new Comparing(report, reason);
    this.#pairs.set(key, pair);
    if (pair.why === null) void this.#compare(baseline, pair);
    return pair;
  }

  async #compare(baseline: Report, pair: Comparing): Promise<void> {
    try {
      const answers = ({ observations, ratings }: Report) => ({ observations, ratings });
      const seed = baseline.asked?.seed ?? 1;
      const found = await compareAnswers(answers(baseline), answers(pair.report), seed);
      pair.found = found;
      if (found.traits.length + found.domains.length === 0)
        pair.reason = () => words.comparison.why.incomplete;
    } catch (error) {
      const { message } = asError(error);
      pair.reason = () => message;
    }
    this.#session.changed();
  }

  /** What was compared with a report that is gone. */
  #forget({ id }: Report): void {
    for (const key of this.#pairs.keys()) {
      if ((JSON.parse(key) as string[]).includes(id)) this.#pairs.delete(key);
    }
  }
}
