import type {
  ScoreResult as CoreResult,
  GateAnswer,
  GateResult,
  ModelInfo,
  Observation,
  Readout,
  ScoreEvent,
  ScoreRequest,
  Summary,
} from '../types';
import { callback } from './connection';
import { asError, TraitscopeError } from './errors';
import type { Instance } from './instances';
import { inOrder, isJudged, merge, mergeGate, remaining } from './merge';
import type { ScoreOptions, ScoreResult } from './model';
import { questionsOf, shareRun } from './shared-run';
import { Tally } from './tally';

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
  #observations: Observation[] = [];
  #gate: GateResult[] = [];
  #gateAnswers: GateAnswer[] = [];
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
    const { items, gate_questions } = this.#request;
    const apart = this.#options.skipFailing || this.#subject.info.device.kind === 'gpu';
    if (apart && gate_questions > 0 && items.items.length > 0) return this.#gateFirst();
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
    const { items, readouts } = this.#request;
    const ofItems = items.items.length * questionsOf(this.#request);
    const factual = { ...this.#request, items: { ...items, items: [] } };
    const gate = await this.#stage(factual, { before: 0, after: ofItems });
    const results = gate.summary.gate;
    const fails = (readout: Readout) =>
      isJudged(readout, results) && !results.some(result => result.readout === readout && result.passes);
    const skipped = gate.cancelled || !this.#options.skipFailing ? [] : readouts.filter(fails);
    const asked = readouts.filter(readout => !skipped.includes(readout));
    if (gate.cancelled || asked.length === 0) return { ...gate, skipped };

    const { activations, gate_answers, rounding } = gate;
    this.#gateAnswers = gate_answers;
    const rest = { ...this.#request, readouts: asked, gate_questions: 0, activations };
    const before = this.#done;
    const total = before + items.items.length * questionsOf(rest);
    this.#options.onProgress?.({
      phase: 'items',
      done: before,
      total,
      items_done: 0,
      items: items.items.length,
    });
    const answers = await this.#stage(rest, { before, after: 0 });
    const summary = await this.#summarise(answers.observations, results);
    return { ...answers, gate_answers, rounding, summary, skipped };
  }

  /** What was measured before a failure goes along with it. */
  withResults(error: TraitscopeError): TraitscopeError {
    return new TraitscopeError(error.code, error.message, {
      cause: error.detail,
      observations: merge([], this.#observations),
      gate: mergeGate(this.#gate),
      gate_answers: this.#gateAnswers,
    });
  }

  /** One request, by one instance or several. A GPU lost on the way is left for the CPU. */
  async #stage(request: ScoreRequest, around: Around): Promise<CoreResult> {
    const observations: Observation[] = [];
    const gate: GateResult[] = [];
    const tally = new Tally(request);
    const listen = (event: ScoreEvent) => {
      if (event.type === 'observation') {
        observations.push(event.observation);
        tally.note(event.observation);
      } else if (event.type === 'gate') {
        gate.push(event.result);
      }
      this.#tell(event, tally, around);
    };
    try {
      const workers = this.#subject.worth(request);
      if (workers > 1) return await this.#share(request, workers - 1, listen, observations);
      return await this.#ask(request, listen);
    } catch (error) {
      const fault = asError(error);
      // Stopped before its first forward, a request is refused; what came before it is kept all the same.
      if (fault.code === 'run.cancelled') return await this.#stopped(request, observations, gate);
      const gone =
        this.#subject.info.device.kind === 'gpu' && ['device.lost', 'device.memory'].includes(fault.code);
      if (!gone) throw fault;
      return await this.#goOn(request, listen, observations, gate, fault);
    }
  }

  #tell(event: ScoreEvent, tally: Tally, { before, after }: Around): void {
    const { onObservation, onGate, onProgress } = this.#options;
    if (event.type === 'observation') {
      this.#observations.push(event.observation);
      onObservation?.(event.observation);
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
        items: this.#request.items.items.length,
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
    observations: Observation[],
  ): Promise<CoreResult> {
    const { first } = this.#subject;
    const { signal } = this.#options;
    const drop = this.#subject.drop.bind(this.#subject);
    const { gate, ...shares } = await shareRun(request, first, this.#subject.take(further), {
      signal,
      listen,
      drop,
    });
    const all = inOrder(request, merge([], observations));
    return {
      ...shares,
      observations: all,
      summary: await this.#summarise(all, gate),
      program: await this.#program(),
    };
  }

  /** The rest of a request on the CPU after the GPU was lost or had no memory left. */
  async #goOn(
    request: ScoreRequest,
    listen: (event: ScoreEvent) => void,
    observations: Observation[],
    gate: GateResult[],
    fault: TraitscopeError,
  ): Promise<CoreResult> {
    await this.#subject.toCpu(this.#options.signal);
    this.#options.onNotice?.({
      code: fault.code,
      message: `${fault.message}. The test goes on on the CPU.`,
    });
    // What the GPU answered is not rounded, so the rest is not either.
    const rest: ScoreRequest = { ...remaining(request, observations, gate), activations: 'f32' };
    const finished = rest.items.items.length === 0 && rest.gate_questions === 0;
    const result = finished ? null : await this.#ask(rest, listen);
    const all = merge([], observations);
    return {
      observations: all,
      gate_answers: result?.gate_answers ?? [],
      summary: await this.#summarise(all, mergeGate([...gate, ...(result?.summary.gate ?? [])])),
      cancelled: result?.cancelled ?? false,
      activations: 'f32',
      rounding: null,
      program: await this.#program(),
    };
  }

  /** What there is of a request that was stopped. */
  async #stopped(
    request: ScoreRequest,
    observations: Observation[],
    gate: GateResult[],
  ): Promise<CoreResult> {
    const all = merge([], observations);
    return {
      observations: all,
      gate_answers: [],
      summary: await this.#summarise(all, gate),
      cancelled: true,
      activations: request.activations,
      rounding: null,
      program: await this.#program(),
    };
  }

  #summarise(observations: Observation[], gate: GateResult[]): Promise<Summary> {
    return this.#subject.first.connection.call(api => api.summarise(observations, gate, this.#request.seed));
  }

  async #program(): Promise<string> {
    return `traitscope ${await this.#subject.first.connection.call(api => api.version())}`;
  }
}
