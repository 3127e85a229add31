import type {
  ScoreResult as CoreResult,
  GateAnswer,
  GateResult,
  ModelInfo,
  Rating,
  Readout,
  ScoreEvent,
  ScoreRequest,
  Summary,
} from '../types';
import { callback } from './connection';
import { asError, TraitscopeError } from './errors';
import type { Instance } from './instances';
import { endsGpu, leaveGpu } from './leave-gpu';
import { inOrder, isJudged, merge, mergeGate, remaining } from './merge';
import type { ScoreOptions, ScoreResult } from './score-options';
import { shareRun } from './shared-run';
import { Tally } from './tally';
import { kinds, type Row, rowsOfUnit, unitsOf, withUnits } from './units';

/** The model under test, as far as a test concerns it. */
export interface Subject {
  /** Where it runs; another after {@link toCpu}. */
  readonly first: Instance;
  readonly info: ModelInfo;
  /** How many instances the request is worth. */
  worth(request: ScoreRequest): number;
  take(further: number): Promise<Instance>[];
  drop(failed: Promise<Instance>): void;
  /** Leaves the GPU for the CPU, and checks that. */
  toCpu(signal: AbortSignal | undefined): Promise<void>;
}

/** Questions that are done before a stage begins, and about how many come after it. */
interface Around {
  before: number;
  after: number;
}

/** Gives a test to a model. */
export async function administer(
  request: ScoreRequest,
  options: ScoreOptions,
  subject: Subject,
): Promise<ScoreResult> {
  const administration = new Administration(request, options, subject);
  const started = performance.now();
  try {
    const result = await administration.run();
    return { ...result, milliseconds: performance.now() - started };
  } catch (error) {
    throw administration.withResults(asError(error));
  }
}

type Result = Omit<ScoreResult, 'milliseconds'>;

class Administration {
  #request: ScoreRequest;
  #options: ScoreOptions;
  #subject: Subject;
  /** Everything heard, also of questions that were asked again after a lost GPU. */
  #rows: Row[] = [];
  #gate: GateResult[] = [];
  #gateAnswers: GateAnswer[] = [];
  #facts: Rating[] = [];
  /** Questions that were put to the model, as last told. */
  #done = 0;

  constructor(request: ScoreRequest, options: ScoreOptions, subject: Subject) {
    this.#request = request;
    this.#options = options;
    this.#subject = subject;
  }

  /**
   * Answers to the factual questions come with the result of a stage, and those of a GPU that is lost go with it. So
   * there, as where they decide about the items, they are a stage of their own.
   */
  async run(): Promise<Result> {
    await this.#check();
    const apart = this.#options.skipFailing || this.#subject.info.device.kind === 'gpu';
    const gated = this.#request.gate_questions > 0;
    if (apart && gated && unitsOf(this.#request).length > 0) return this.#gateFirst();
    return { ...(await this.#stage(this.#request, { before: 0, after: 0 })), skipped: [] };
  }

  /** Finds what does not fit the model before anything is asked. Whoever stops it stops what follows too. */
  async #check(): Promise<void> {
    const { connection, model } = this.#subject.first;
    try {
      await connection.job(this.#options.signal, false, (api, job) => api.check(job, model, this.#request));
    } catch (error) {
      const fault = asError(error);
      if (fault.code !== 'run.cancelled') throw fault;
    }
  }

  /** The factual questions, and then the items, where asked for only in the read-outs that do not fail them. */
  async #gateFirst(): Promise<Result> {
    const { readouts } = this.#request;
    const items = unitsOf(this.#request).length;
    const factual = withUnits(this.#request, () => false);
    const gate = await this.#stage(factual, { before: 0, after: items * rowsOfUnit(this.#request) });
    const ofStatements = gate.summary.likert?.gate ?? [];
    for (const result of ofStatements) this.#options.onGate?.(result);
    // A test of items is judged by questions, one of statements by statements; one of both by the questions.
    const results = gate.summary.gate.length > 0 ? gate.summary.gate : ofStatements;
    const fails = (readout: Readout) =>
      isJudged(readout, results) && !results.some(result => result.readout === readout && result.passes);
    const skipped = gate.cancelled || !this.#options.skipFailing ? [] : readouts.filter(fails);
    const asked = readouts.filter(readout => !skipped.includes(readout));
    if (gate.cancelled || asked.length === 0) return { ...gate, skipped };

    const { activations, gate_answers, facts, rounding } = gate;
    this.#gateAnswers = gate_answers;
    this.#facts = facts;
    const rest = { ...this.#request, readouts: asked, gate_questions: 0, activations };
    const before = this.#done;
    const total = before + items * rowsOfUnit(rest);
    this.#options.onProgress?.({
      phase: 'items',
      done: before,
      total,
      items_done: 0,
      items,
    });
    const answers = await this.#stage(rest, { before, after: 0 });
    const rows = [...answers.observations, ...answers.ratings];
    const summary = await this.#summarise(rows, gate.summary.gate, facts);
    return { ...answers, gate_answers, facts, rounding, summary, skipped };
  }

  /** What was measured before a failure goes along with it. */
  withResults(error: TraitscopeError): TraitscopeError {
    return new TraitscopeError(error.code, error.message, {
      cause: error.detail,
      ...kinds(merge([], this.#rows)),
      gate: mergeGate(this.#gate),
      gate_answers: this.#gateAnswers,
      facts: this.#facts,
    });
  }

  /** One request, by one instance or several. A GPU lost on the way is left for the CPU. */
  async #stage(request: ScoreRequest, around: Around): Promise<CoreResult> {
    const rows: Row[] = [];
    const gate: GateResult[] = [];
    const tally = new Tally(request);
    const listen = (event: ScoreEvent) => {
      if (event.type === 'observation' || event.type === 'rating') {
        const row = event.type === 'rating' ? event.rating : event.observation;
        rows.push(row);
        tally.note(row);
      } else if (event.type === 'gate') {
        gate.push(event.result);
      }
      this.#tell(event, tally, around);
    };
    try {
      const workers = this.#subject.worth(request);
      if (workers > 1) return await this.#share(request, workers - 1, listen, rows);
      return await this.#ask(request, listen);
    } catch (error) {
      const fault = asError(error);
      // Stopped before its first forward, a request is refused; what came before it is kept all the same.
      if (fault.code === 'run.cancelled') return await this.#stopped(request, rows, gate);
      if (!endsGpu(fault, this.#subject)) throw fault;
      return await this.#goOn(request, listen, rows, gate, fault);
    }
  }

  #tell(event: ScoreEvent, tally: Tally, { before, after }: Around): void {
    const { onObservation, onRating, onGate, onProgress } = this.#options;
    if (event.type === 'observation') {
      this.#rows.push(event.observation);
      onObservation?.(event.observation);
    } else if (event.type === 'rating') {
      this.#rows.push(event.rating);
      onRating?.(event.rating);
    } else if (event.type === 'gate') {
      this.#gate.push(event.result);
      onGate?.(event.result);
    } else if (event.type === 'progress') {
      this.#done = before + event.done;
      onProgress?.({
        // The core calls it the gate's as long as it has seen no item, which here are all done when they begin.
        phase: before > 0 ? 'items' : event.phase,
        done: this.#done,
        total: before + event.total + after,
        items_done: tally.done,
        items: unitsOf(this.#request).length,
      });
    }
  }

  #ask(request: ScoreRequest, listen: (event: ScoreEvent) => void): Promise<CoreResult> {
    const { connection, model } = this.#subject.first;
    return connection.job(this.#options.signal, false, (api, job) =>
      api.score(job, model, request, callback(listen)),
    );
  }

  async #share(
    request: ScoreRequest,
    further: number,
    listen: (event: ScoreEvent) => void,
    rows: Row[],
  ): Promise<CoreResult> {
    const { first } = this.#subject;
    const { signal } = this.#options;
    const drop = this.#subject.drop.bind(this.#subject);
    const { gate, ...shares } = await shareRun(request, first, this.#subject.take(further), {
      signal,
      listen,
      drop,
    });
    const all = inOrder(request, merge([], rows));
    return {
      ...shares,
      ...kinds(all),
      summary: await this.#summarise(all, gate, shares.facts),
      program: await this.#program(),
    };
  }

  /** The rest of a request on the CPU after the GPU was lost or had no memory left. */
  async #goOn(
    request: ScoreRequest,
    listen: (event: ScoreEvent) => void,
    rows: Row[],
    gate: GateResult[],
    fault: TraitscopeError,
  ): Promise<CoreResult> {
    await leaveGpu(fault, this.#subject, this.#options, 'The test goes on on the CPU.');
    // What the GPU answered is not rounded, so the rest is not either.
    const rest: ScoreRequest = { ...remaining(request, rows, gate), activations: 'f32' };
    const finished = unitsOf(rest).length === 0 && rest.gate_questions === 0;
    const result = finished ? null : await this.#ask(rest, listen);
    const all = merge([], rows);
    const facts = result?.facts ?? [];
    const gates = mergeGate([...gate, ...(result?.summary.gate ?? [])]);
    return {
      ...kinds(all),
      gate_answers: result?.gate_answers ?? [],
      facts,
      summary: await this.#summarise(all, gates, facts),
      cancelled: result?.cancelled ?? false,
      activations: 'f32',
      rounding: null,
      program: await this.#program(),
    };
  }

  /** What there is of a request that was stopped. */
  async #stopped(request: ScoreRequest, rows: Row[], gate: GateResult[]): Promise<CoreResult> {
    const all = merge([], rows);
    return {
      ...kinds(all),
      gate_answers: [],
      facts: [],
      summary: await this.#summarise(all, gate, []),
      cancelled: true,
      activations: request.activations,
      rounding: null,
      program: await this.#program(),
    };
  }

  async #summarise(rows: Row[], gate: GateResult[], facts: Rating[]): Promise<Summary> {
    const { connection } = this.#subject.first;
    const { inventory, gate_questions, seed } = this.#request;
    const { observations, ratings } = kinds(rows);
    const summary = await connection.call(api => api.summarise(observations, gate, seed));
    if (!inventory) return summary;
    const likert = await connection.call(api =>
      api.summariseRatings(ratings, facts, gate_questions, inventory.norms, seed),
    );
    return { ...summary, likert };
  }

  async #program(): Promise<string> {
    return `traitscope ${await this.#subject.first.connection.call(api => api.version())}`;
  }
}
