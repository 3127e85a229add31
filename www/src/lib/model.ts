import type {
  Activations,
  CoherenceRequest,
  CoherenceResult,
  DeviceChoice,
  DifferenceRequest,
  DifferenceResult,
  Extraction,
  ExtractRequest,
  FreeResult,
  HiddenResult,
  LogitsResult,
  Message,
  Meter,
  ModelInfo,
  MonitoringResult,
  Notice,
  OperationCost,
  Persona,
  Progress,
  Response,
  RowRequest,
  ScoreRequest,
  SelfTest,
  Steering,
  TextEvent,
  TextResult,
  TraitVectors,
} from '../types';
import type { Opened } from '../worker/protocol';
import { administer, type Subject } from './administer';
import { type Connection, callback } from './connection';
import { study } from './effect';
import type { EffectOptions, TimedEffect } from './effect-options';
import type { TraitscopeError } from './errors';
import { answerInWords } from './free-answers';
import { Instances, instancesFor, machine, type Origin } from './instances';
import { inOnePiece } from './leave-gpu';
import type { Leaving } from './leaving';
import { monitor } from './monitoring';
import type { ScoreOptions, ScoreResult } from './score-options';
import type { FreeRows, MonitoringRows, Parted } from './study-part';
import { unitsOf } from './units';

/** Factual questions that there are. */
const GATE_QUESTIONS = 24;

/** A prompt as token ids, as plain text (control tokens written in it are text) or as a chat. */
export type Prompt = { tokens: number[] } | { prompt: string } | { messages: Message[] };

/** A model that is loaded and ready. */
export class Model {
  #connection: Connection;
  #opened: Opened;
  #instances: Instances;
  #lastSelfTest: SelfTest | null = null;

  /** @internal */
  constructor(connection: Connection, opened: Opened, origin: Origin) {
    this.#connection = connection;
    this.#opened = opened;
    this.#instances = new Instances(origin);
  }

  /** What the model is and what it runs on. */
  get info(): ModelInfo {
    return this.#opened.info;
  }

  /** Comes when the model is gone because its worker has ended; it has to be opened again then. */
  get crash(): Promise<TraitscopeError> {
    return this.#connection.ended;
  }

  /** What the last self-test found on the device that the model runs on now; null where there was none. */
  get lastSelfTest(): SelfTest | null {
    return this.#lastSelfTest;
  }

  /** Whether the bytes came from this browser's storage. */
  get fromStorage(): boolean {
    return this.#opened.from_storage;
  }

  /** What the user should know about the loading. */
  get notices(): Notice[] {
    return this.#opened.notices;
  }

  /** Checks the device's arithmetic; a GPU that fails is left for the CPU, which `info` then says. */
  async selfTest(): Promise<SelfTest> {
    const result = await this.#connection.call(api => api.selfTest(this.#opened.model));
    this.#lastSelfTest = result;
    this.#opened.info = await this.#connection.call(api => api.info(this.#opened.model));
    return result;
  }

  /** A diagnostic: what one tiny operation costs on this device, as the mean over `repeats` of them. */
  async operationCost(repeats = 1000): Promise<OperationCost> {
    return this.#connection.call(api => api.operationCost(this.#opened.model, repeats));
  }

  /**
   * The most probable next tokens: `top` of them, 10 by default, up to the whole vocabulary. With `rows`, also so
   * many after each of these positions of the prompt.
   */
  async logits(
    request: Prompt & { top?: number; rows?: RowRequest[]; activations?: Activations },
  ): Promise<LogitsResult> {
    return this.#connection.call(api => api.logits(this.#opened.model, { top: 10, ...request }));
  }

  /** The residual stream at every position of the prompt: after the embedding and after each block. */
  async hidden(prompt: Prompt): Promise<HiddenResult> {
    return this.#connection.call(api => api.hidden(this.#opened.model, prompt));
  }

  /** Administers a test. A GPU lost on the way costs nothing: the run goes on at the next item on the CPU. */
  async score(options: ScoreOptions = {}): Promise<ScoreResult> {
    return administer(await this.#request(options), options, this.#subject(options.workers));
  }

  /** Continues a chat or another prompt. Cancelling returns the text so far with `stop: 'cancelled'`. */
  async generate(
    request: Prompt & {
      maxTokens?: number;
      seed?: number;
      temperature?: number;
      activations?: Activations;
      /** Edits of the residual stream. */
      steering?: Steering[];
      /** What is read of it at each token, after the edits. */
      meters?: Meter[];
      signal?: AbortSignal;
      onToken?: (token: TextEvent) => void;
    },
  ): Promise<TextResult> {
    const { maxTokens = 128, seed = 1, temperature = 0, signal, onToken, ...prompt } = request;
    const plain = { ...prompt, max_tokens: maxTokens, seed, temperature };
    const started = performance.now();
    const result = await this.#connection.job(signal, false, (api, job) =>
      api.generate(job, this.#opened.model, plain, callback(onToken)),
    );
    return { ...result, milliseconds: performance.now() - started };
  }

  /**
   * Makes the directions of a trait at every layer. A run that was stopped is gone on with by passing the `responses` that
   * `onResponse` heard.
   */
  async extract(
    request: ExtractRequest &
      Leaving & {
        onProgress?: (progress: Progress) => void;
        onResponse?: (response: Response) => void;
      },
  ): Promise<Extraction> {
    const { signal, onNotice, onProgress, onResponse, ...plain } = request;
    // What was answered before a GPU was lost is not asked again.
    const responses = [...(plain.responses ?? [])];
    const hear = (response: Response) => {
      responses.push(response);
      onResponse?.(response);
    };
    return inOnePiece(this.#subject(1), { signal, onNotice }, ({ connection, model }) =>
      connection.job(signal, false, (api, job) =>
        api.extract(job, model, { ...plain, responses }, callback(onProgress), callback(hear)),
      ),
    );
  }

  /**
   * Refuses directions that are not of this model (`direction.*`), and measures what neutral text is like along them, the
   * unit of doses and the zero of meters, where that is not known.
   */
  async calibrate(vectors: TraitVectors, options: Leaving = {}): Promise<TraitVectors> {
    return inOnePiece(this.#subject(1), options, ({ connection, model }) =>
      connection.job(options.signal, false, (api, job) => api.calibrate(job, model, vectors)),
    );
  }

  /**
   * Directions to hold one of a trait against: made as the request says, of the same texts with their sides drawn anew, `count`
   * times (20 by default).
   */
  async shuffled(
    request: ExtractRequest & { layer: number; count?: number; seed?: number } & Leaving,
  ): Promise<number[][]> {
    const { layer, count = 20, seed = 1, signal, onNotice, ...plain } = request;
    return inOnePiece(this.#subject(1), { signal, onNotice }, ({ connection, model }) =>
      connection.job(signal, false, (api, job) => api.shuffled(job, model, plain, layer, count, seed)),
    );
  }

  /** Gives a test unsteered and under every dose of every direction, and says what changed. */
  async effect(options: EffectOptions): Promise<TimedEffect> {
    const test = await this.#request({ templates: ['T1'], readout: 'continuation', ...options, gate: 0 });
    const { arms, positions = 'all', personas = [] } = options;
    return study({ test, arms, positions, personas }, options, this.#subject(options.workers));
  }

  /** Has questions answered under every dose of a direction, and judges whether the answers hold together. */
  async coherence(
    request: CoherenceRequest & Leaving & { onProgress?: (progress: Progress) => void },
  ): Promise<CoherenceResult> {
    const { signal, onNotice, onProgress, ...plain } = request;
    return inOnePiece(this.#subject(1), { signal, onNotice }, ({ connection, model }) =>
      connection.job(signal, false, (api, job) => api.coherence(job, model, plain, callback(onProgress))),
    );
  }

  /**
   * Gives a test unsteered under several system prompts, and holds what a meter reads at the last token of each prompt against
   * the answer. Takes what `score` takes, continuations alone.
   */
  async monitoring(
    options: Omit<ScoreOptions, 'readout' | 'onObservation' | 'onProgress' | 'steering'> &
      Parted<MonitoringRows> & {
        meter: Meter;
        personas?: Persona[];
        onProgress?: (progress: Progress) => void;
      },
  ): Promise<MonitoringResult> {
    const { meter, personas = [], onProgress: _, ...rest } = options;
    const test = await this.#request({ ...rest, readout: 'continuation', gate: 0 });
    return monitor({ test, meter, personas }, options, this.#subject(options.workers));
  }

  /**
   * Has items and statements answered in words, and reads which option each answer names: one that names none is a refusal. Takes
   * what `score` takes of items, inventory, templates, layouts, frame, system prompt, steering, seed and workers.
   */
  async freeAnswers(
    options: Omit<ScoreOptions, 'readout' | 'gate' | 'onObservation' | 'onRating' | 'onProgress'> &
      Parted<FreeRows> & {
        /** Answers to each question; 1 by default. */
        samples?: number;
        maxTokens?: number;
        temperature?: number;
        onProgress?: (progress: Progress) => void;
      } = {},
  ): Promise<FreeResult> {
    const { samples = 1, maxTokens = 16, temperature = 0.7, onProgress: _, ...rest } = options;
    const test = await this.#request({ ...rest, readout: 'letters', gate: 0 });
    const request = { test, samples, max_tokens: maxTokens, temperature };
    return answerInWords(request, options, this.#subject(options.workers));
  }

  /** Reads the texts of a data set along a direction, beside the model's own answers to their questions. */
  async difference(
    request: DifferenceRequest & Leaving & { onProgress?: (progress: Progress) => void },
  ): Promise<DifferenceResult> {
    const { signal, onNotice, onProgress, ...plain } = request;
    return inOnePiece(this.#subject(1), { signal, onNotice }, ({ connection, model }) =>
      connection.job(signal, false, (api, job) => api.difference(job, model, plain, callback(onProgress))),
    );
  }

  /** The same model on another device, without fetching it again. Where this fails, it stays where it was. */
  async moveTo(
    device: DeviceChoice,
    options: { onProgress?: (progress: Progress) => void; signal?: AbortSignal } = {},
  ): Promise<void> {
    const { notices, from_storage } = this.#opened;
    // Only the worker knows whether it was stopped in time, so its answer is waited for.
    const opened = await this.#connection.job(options.signal, false, (api, job) =>
      api.reopen(job, this.#opened.model, device, callback(options.onProgress)),
    );
    this.#opened = { ...opened, notices, from_storage };
    this.#lastSelfTest = null;
  }

  /**
   * Keeps only what another model, opened in its place in that worker, needs to know: its number there.
   * @internal
   */
  makeRoom(connection: Connection): number | null {
    this.#instances.close();
    return connection === this.#connection ? this.#opened.model : null;
  }

  /** Gives the memory back. */
  async close(): Promise<void> {
    this.#instances.close();
    if (!this.#connection.dead) await this.#connection.call(api => api.close(this.#opened.model));
  }

  /** This model as the subject of a test. */
  #subject(workers: number | undefined): Subject {
    const model = this;
    return {
      get first() {
        return { connection: model.#connection, model: model.#opened.model };
      },
      get info() {
        return model.info;
      },
      worth: request => model.#workers(request, workers),
      take: further => model.#instances.take(further),
      drop: failed => model.#instances.drop(failed),
      async toCpu(signal) {
        await model.moveTo('cpu', signal ? { signal } : {});
        await model.selfTest();
      },
    };
  }

  /** How many instances a run is worth. */
  #workers(request: ScoreRequest, wanted: number | undefined): number {
    const parts = unitsOf(request).length + request.gate_questions;
    if (this.info.device.kind !== 'cpu' || parts < 2) return 1;
    return wanted ?? instancesFor(this.info.bytes, machine());
  }

  async #request(options: Omit<ScoreOptions, 'onObservation' | 'onProgress'>): Promise<ScoreRequest> {
    const { inventory = null, readout } = options;
    const none = inventory && {
      name: inventory.name,
      version: inventory.version,
      licence: inventory.licence,
      items: [],
    };
    const items = options.items ?? none ?? (await this.#connection.call(api => api.bundledItems()));
    return {
      items: Array.isArray(items) ? { name: 'own items', version: '', licence: '', items } : items,
      inventory,
      readouts: readout === undefined ? ['letters', 'continuation'] : [readout].flat(),
      templates: options.templates ?? ['T1', 'T2', 'T3'],
      layouts: options.layouts ?? ['forward', 'reversed'],
      frame: options.frame ?? null,
      instruction: options.instruction ?? null,
      system: options.system ?? null,
      prompt_mode: options.promptMode ?? 'auto',
      gate_questions: Math.min(options.gate ?? GATE_QUESTIONS, GATE_QUESTIONS),
      gate_range: null,
      gain: options.gain ?? false,
      paraphrases: options.paraphrases ?? false,
      activations: options.activations ?? 'f32',
      steering: options.steering ?? [],
      seed: options.seed ?? 1,
    };
  }
}
