import type { ScoreResult as CoreResult, ScoreEvent, ScoreRequest } from '../types';
import { callback } from './connection';
import { asError } from './errors';
import type { Instance } from './instances';
import { parts, Queue } from './queue';

/** What the parts of a run gave beside their observations, which are heard one by one. */
export type Shares = Pick<CoreResult, 'gate_answers' | 'cancelled' | 'activations' | 'rounding'> & {
  gate: CoreResult['summary']['gate'];
};

/**
 * A run whose parts several instances take from one queue. A further instance that fails is left out, and its part is
 * done by another; a failure of the first ends the run.
 */
export async function shareRun(
  request: ScoreRequest,
  first: Instance,
  further: Promise<Instance>[],
  { signal, listen, drop }: Listeners,
): Promise<Shares> {
  const all = parts(request);
  const queue = new Queue(all);
  const { activations } = request;
  const shares: Shares = { gate_answers: [], gate: [], cancelled: false, activations, rounding: null };
  const progress = new Progress(request, all, listen);

  const work = async ({ connection, model }: Instance) => {
    for (let part = await queue.next(); part; part = await queue.next()) {
      const own = part;
      const hear = (event: ScoreEvent) => progress.hear(own, event);
      try {
        const result = await connection.job(signal, false, (api, job) =>
          api.score(job, model, own, callback(hear)),
        );
        shares.gate_answers.push(...result.gate_answers);
        if (own.gate_questions > 0) {
          shares.gate = result.summary.gate;
          shares.rounding = result.rounding;
        }
        shares.cancelled ||= result.cancelled;
        if (shares.cancelled) queue.clear();
        queue.done();
      } catch (error) {
        if (asError(error).code !== 'run.cancelled') {
          queue.back(own);
          throw error;
        }
        shares.cancelled = true;
        queue.clear();
        queue.done();
      }
    }
  };

  for (const instance of further) void instance.then(work).catch(() => drop(instance));
  try {
    await work(first);
  } catch (error) {
    queue.clear();
    throw error;
  }
  return shares;
}

interface Listeners {
  signal: AbortSignal | undefined;
  listen: (event: ScoreEvent) => void;
  drop: (failed: Promise<Instance>) => void;
}

/** Turns the progress of parts into that of the run. */
class Progress {
  #done = new Map<ScoreRequest, number>();
  #asked = new Map<ScoreRequest, number>();
  #listen: (event: ScoreEvent) => void;
  #gate: ScoreRequest | null;

  constructor(request: ScoreRequest, all: ScoreRequest[], listen: (event: ScoreEvent) => void) {
    this.#listen = listen;
    this.#gate = all.find(part => part.gate_questions > 0) ?? null;
    // Until a part says how many questions it has, they are reckoned.
    const letters = request.readouts.includes('letters')
      ? request.templates.length * request.layouts.length
      : 0;
    const each = letters + (request.readouts.includes('continuation') ? 1 : 0);
    for (const part of all) this.#asked.set(part, part.items.items.length * each);
    if (this.#gate) this.#asked.set(this.#gate, this.#gate.gate_questions * each);
  }

  hear(part: ScoreRequest, event: ScoreEvent): void {
    if (event.type === 'plan') {
      this.#asked.set(part, event.questions);
      this.#done.set(part, 0);
      return;
    }
    if (event.type !== 'progress') {
      this.#listen(event);
      return;
    }
    this.#done.set(part, event.done);
    const sum = (counts: Map<ScoreRequest, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
    const gateDone = !this.#gate || this.#done.get(this.#gate) === this.#asked.get(this.#gate);
    const phase = gateDone ? 'items' : 'gate';
    this.#listen({ ...event, phase, done: sum(this.#done), total: sum(this.#asked) });
  }
}
