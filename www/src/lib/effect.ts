import type { EffectRequest, EffectResult, Observation, SweepEvent } from '../types';
import type { Subject } from './administer';
import { callback } from './connection';
import type { EffectOptions, TimedEffect } from './effect-options';
import { asError, TraitscopeError } from './errors';
import type { Instance } from './instances';
import { parts, Queue } from './queue';

/** Runs a study on one instance of a model or several. A GPU lost on the way is left for the CPU. */
export async function study(
  request: EffectRequest,
  options: EffectOptions,
  subject: Subject,
): Promise<TimedEffect> {
  const started = performance.now();
  const run = new Study(request, options, subject);
  try {
    return { ...(await run.result()), milliseconds: performance.now() - started };
  } catch (error) {
    const fault = asError(error);
    throw new TraitscopeError(fault.code, fault.message, {
      cause: fault.detail,
      observations: run.observations(),
    });
  }
}

/** A few items under every condition. */
interface Part {
  request: EffectRequest;
  index: number;
}

class Study {
  #request: EffectRequest;
  #options: EffectOptions;
  #subject: Subject;
  #parts: Part[];
  #queue: Queue<Part>;
  /** Rows of each part, by condition. */
  #rows: Observation[][][];
  #done: number[];
  /** Questions of a part, once one has told of its own; a part of fewer items has fewer. */
  #questionsPerItem = 0;
  #cancelled = false;

  constructor(request: EffectRequest, options: EffectOptions, subject: Subject) {
    this.#request = request;
    this.#options = options;
    this.#subject = subject;
    this.#parts = parts(request.test).map((test, index) => ({ request: { ...request, test }, index }));
    this.#queue = new Queue(this.#parts);
    this.#rows = this.#parts.map(() => []);
    this.#done = this.#parts.map(() => 0);
  }

  async result(): Promise<EffectResult> {
    const further = this.#subject.worth(this.#request.test) - 1;
    for (const instance of this.#subject.take(Math.min(further, this.#parts.length - 1))) {
      void instance.then(one => this.#work(one)).catch(() => this.#subject.drop(instance));
    }
    try {
      await this.#work(this.#subject.first);
    } catch (error) {
      const fault = asError(error);
      const gone =
        this.#subject.info.device.kind === 'gpu' && ['device.lost', 'device.memory'].includes(fault.code);
      if (!gone) {
        this.#queue.clear();
        throw fault;
      }
      await this.#subject.toCpu(this.#options.signal);
      this.#options.onNotice?.({
        code: fault.code,
        message: `${fault.message}. The study goes on on the CPU.`,
      });
      await this.#work(this.#subject.first);
    }
    const { connection } = this.#subject.first;
    const observations = this.observations();
    const summary = await connection.call(api => api.summariseEffect(this.#request, observations));
    return { observations, summary, cancelled: this.#cancelled };
  }

  /** What there is, by condition, in the order of the items. */
  observations(): Observation[][] {
    const conditions = Math.max(0, ...this.#rows.map(rows => rows.length));
    return Array.from({ length: conditions }, (_, i) => this.#rows.flatMap(rows => rows[i] ?? []));
  }

  async #work({ connection, model }: Instance): Promise<void> {
    for (let part = await this.#queue.next(); part; part = await this.#queue.next()) {
      const own = part;
      this.#done[own.index] = 0;
      try {
        const result = await connection.job(this.#options.signal, false, (api, job) =>
          api.effect(
            job,
            model,
            own.request,
            callback(event => this.#hear(own, event)),
          ),
        );
        this.#rows[own.index] = result.observations;
        this.#cancelled ||= result.cancelled;
      } catch (error) {
        if (asError(error).code !== 'run.cancelled') {
          this.#queue.back(own);
          throw error;
        }
        this.#cancelled = true;
      }
      if (this.#cancelled) this.#queue.clear();
      this.#queue.done();
    }
  }

  #hear({ request, index }: Part, event: SweepEvent): void {
    const { onObservation, onProgress } = this.#options;
    if (event.type === 'observation') {
      onObservation?.(event.condition, event.observation);
      return;
    }
    this.#done[index] = event.done;
    this.#questionsPerItem ||= event.total / request.test.items.items.length;
    const total = Math.round(this.#questionsPerItem * this.#request.test.items.items.length);
    const done = this.#done.reduce((a, b) => a + b, 0);
    onProgress?.(Math.min(done, total), total);
  }
}
