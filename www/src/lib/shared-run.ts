import type {
  ScoreResult as CoreResult,
  GateResult,
  Readout,
  RoundingLoss,
  ScoreEvent,
  ScoreRequest,
} from '../types';
import { callback } from './connection';
import { asError } from './errors';
import type { Instance } from './instances';
import { parts, Queue } from './queue';
import { rowsOfUnit, unitsOf } from './units';

/** What the parts of a run gave beside their observations, which are heard one by one. */
export type Shares = Pick<CoreResult, 'gate_answers' | 'facts' | 'cancelled' | 'activations' | 'rounding'> & {
  gate: GateResult[];
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
  const shares: Shares = {
    gate_answers: [],
    facts: [],
    gate: [],
    cancelled: false,
    activations,
    rounding: null,
  };
  const progress = new Progress(request, all, listen);
  const open = new Map<Readout, number>();
  for (const { gate_questions, readouts, inventory } of all) {
    if (gate_questions > 0 && !inventory)
      for (const readout of readouts) open.set(readout, (open.get(readout) ?? 0) + 1);
  }

  /** Judges the answers to the gate that are there, in these read-outs. */
  const judge = async ({ connection }: Instance, readouts: Readout[]) => {
    const { gate_answers } = shares;
    const results = await connection.call(api => api.gate(gate_answers, request.gate_questions));
    const found = results.filter(({ readout }) => readouts.includes(readout));
    shares.gate.push(...found);
    return found;
  };

  const note = async (part: ScoreRequest, result: CoreResult, instance: Instance) => {
    shares.gate_answers.push(...result.gate_answers);
    shares.facts.push(...result.facts);
    shares.cancelled ||= result.cancelled;
    shares.rounding = joined(shares.rounding, result.rounding);
    // Statements of the gate are judged with the whole.
    if (part.gate_questions === 0 || part.inventory || result.cancelled) return;
    for (const readout of part.readouts) open.set(readout, (open.get(readout) ?? 0) - 1);
    const done = part.readouts.filter(readout => open.get(readout) === 0);
    if (done.length === 0) return;
    for (const result of await judge(instance, done)) listen({ type: 'gate', result });
  };

  const work = async (instance: Instance) => {
    const { connection, model } = instance;
    for (let part = await queue.next(); part; part = await queue.next()) {
      const own = part;
      const hear = (event: ScoreEvent) => progress.hear(own, event);
      let result: CoreResult | null = null;
      try {
        result = await connection.job(signal, false, (api, job) =>
          api.score(job, model, own, callback(hear)),
        );
      } catch (error) {
        if (asError(error).code !== 'run.cancelled') {
          queue.back(own);
          throw error;
        }
        shares.cancelled = true;
      }
      // A part that is answered never comes back, whatever becomes of its news.
      try {
        if (result) await note(own, result, instance);
      } finally {
        if (shares.cancelled) queue.clear();
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
  // Of a run that was stopped: what the gate has so far, which says of itself that it is not all.
  const unjudged = [...open.keys()].filter(asked => shares.gate.every(({ readout }) => readout !== asked));
  if (unjudged.length > 0) await judge(first, unjudged);
  // Which instance was the first to be done says nothing.
  const place = ({ readout }: { readout: Readout }) => request.readouts.indexOf(readout);
  shares.gate.sort((a, b) => place(a) - place(b));
  shares.gate_answers.sort(
    (a, b) =>
      place(a) - place(b) || a.item.localeCompare(b.item, 'en') || (a.rotation ?? 0) - (b.rotation ?? 0),
  );
  return shares;
}

interface Listeners {
  signal: AbortSignal | undefined;
  listen: (event: ScoreEvent) => void;
  drop: (failed: Promise<Instance>) => void;
}

/** The loss over the answers of two parts. */
export function joined(a: RoundingLoss | null, b: RoundingLoss | null): RoundingLoss | null {
  if (!a || !b) return a ?? b;
  const answers = a.answers + b.answers;
  return {
    answers,
    changed: a.changed + b.changed,
    mean: (a.mean * a.answers + b.mean * b.answers) / answers,
    largest: Math.max(a.largest, b.largest),
  };
}

/** Turns the progress of parts into that of the run. */
class Progress {
  #done = new Map<ScoreRequest, number>();
  #asked = new Map<ScoreRequest, number>();
  #listen: (event: ScoreEvent) => void;
  #gate: ScoreRequest[];

  constructor(request: ScoreRequest, all: ScoreRequest[], listen: (event: ScoreEvent) => void) {
    this.#listen = listen;
    this.#gate = all.filter(part => part.gate_questions > 0);
    // Until a part says how many questions it has, they are reckoned.
    for (const part of all) this.#asked.set(part, unitsOf(part).length * rowsOfUnit(request));
    for (const part of this.#gate) {
      const [from, to] = part.gate_range ?? [0, part.gate_questions];
      const each = part.readouts.includes('letters') ? 4 : part.inventory ? 2 : 1;
      this.#asked.set(part, (to - from) * each);
    }
  }

  hear(part: ScoreRequest, event: ScoreEvent): void {
    if (event.type === 'plan') {
      this.#asked.set(part, event.questions);
      this.#done.set(part, 0);
      return;
    }
    // A part of the gate knows of no verdict.
    if (event.type === 'gate') return;
    if (event.type !== 'progress') {
      this.#listen(event);
      return;
    }
    this.#done.set(part, event.done);
    const sum = (counts: Map<ScoreRequest, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
    const gateDone = this.#gate.every(gate => this.#done.get(gate) === this.#asked.get(gate));
    const phase = gateDone ? 'items' : 'gate';
    this.#listen({ ...event, phase, done: sum(this.#done), total: sum(this.#asked) });
  }
}
