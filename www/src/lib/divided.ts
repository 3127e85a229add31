import type { ScoreRequest } from '../types';
import type { Subject } from './administer';
import { asError } from './errors';
import type { Instance } from './instances';
import { endsGpu, leaveGpu } from './leave-gpu';
import type { Leaving } from './leaving';
import { parts, Queue } from './queue';
import type { Parted } from './study-part';
import { unitsOf } from './units';

/** Asks a few items of a study, and tells how many of its answers are there. */
type Ask<T> = (
  instance: Instance,
  part: ScoreRequest,
  tell: (done: number, total: number) => void,
) => Promise<T>;

interface Options<T> extends Leaving, Parted<T> {
  /** Answers of all parts together; `total` is 0 until it is known. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A study whose items and statements are asked a few at a time, by one instance of a model or several. A GPU lost on the way is left for the CPU. */
export class Divided<T extends { cancelled: boolean }> {
  /** What each part gave, in the order of the items; null where it gave nothing. */
  readonly results: (T | null)[];
  /** Whether it was stopped before its end. */
  cancelled = false;
  #test: ScoreRequest;
  #options: Options<T>;
  #subject: Subject;
  #ask: Ask<T>;
  /** Those that are not there from before. */
  #open: { test: ScoreRequest; index: number }[];
  /** Items and statements of those that are. */
  #before = 0;
  #queue: Queue<{ test: ScoreRequest; index: number }>;
  #done: number[];
  /** Answers of an item or a statement, once a part has told of its own; a part of fewer items has fewer. */
  #answersPerItem = 0;

  constructor(test: ScoreRequest, options: Options<T>, subject: Subject, ask: Ask<T>) {
    this.#test = test;
    this.#options = options;
    this.#subject = subject;
    this.#ask = ask;
    const all = parts(test);
    this.results = all.map(() => null);
    this.#done = all.map(() => 0);
    for (const { index, units, result } of options.former ?? []) {
      const part = all[index];
      // Of another request than this one it would be put beside what it does not belong to.
      if (!part || unitsOf(part).length !== units || this.results[index]) continue;
      this.results[index] = result;
      this.#before += units;
    }
    this.#open = all.flatMap((part, index) => (this.results[index] ? [] : { test: part, index }));
    this.#queue = new Queue(this.#open);
  }

  /** Ends with `results`. `tests` are those that are given: whether they fit the model is found out before anything is asked. */
  async run(tests: ScoreRequest[]): Promise<void> {
    for (const test of tests) await this.#check(test);
    const further = this.#subject.worth(this.#test) - 1;
    for (const instance of this.#subject.take(Math.max(0, Math.min(further, this.#open.length - 1)))) {
      void instance.then(one => this.#work(one)).catch(() => this.#subject.drop(instance));
    }
    try {
      await this.#work(this.#subject.first);
    } catch (error) {
      const fault = asError(error);
      if (!endsGpu(fault, this.#subject)) {
        this.#queue.clear();
        throw fault;
      }
      await leaveGpu(fault, this.#subject, this.#options, 'The study goes on on the CPU.');
      await this.#work(this.#subject.first);
    }
  }

  async #check(test: ScoreRequest): Promise<void> {
    const { connection, model } = this.#subject.first;
    try {
      await connection.job(this.#options.signal, false, (api, job) => api.check(job, model, test));
    } catch (error) {
      // Whoever stops it stops what follows too.
      if (asError(error).code !== 'run.cancelled') throw error;
    }
  }

  async #work(instance: Instance): Promise<void> {
    for (let part = await this.#queue.next(); part; part = await this.#queue.next()) {
      const { test, index } = part;
      this.#done[index] = 0;
      try {
        const result = await this.#ask(instance, test, (done, total) =>
          this.#tell(index, done, total / unitsOf(test).length),
        );
        this.results[index] = result;
        if (result.cancelled) this.cancelled = true;
        else this.#options.onPart?.({ index, units: unitsOf(test).length, result });
      } catch (error) {
        if (asError(error).code !== 'run.cancelled') {
          this.#queue.back(part);
          throw error;
        }
        this.cancelled = true;
      }
      if (this.cancelled) this.#queue.clear();
      this.#queue.done();
    }
  }

  #tell(index: number, done: number, answersPerItem: number): void {
    this.#done[index] = done;
    this.#answersPerItem ||= answersPerItem;
    const total = Math.round(this.#answersPerItem * unitsOf(this.#test).length);
    const before = Math.round(this.#answersPerItem * this.#before);
    const sum = this.#done.reduce((a, b) => a + b, before);
    this.#options.onProgress?.(Math.min(sum, total), total);
  }
}
