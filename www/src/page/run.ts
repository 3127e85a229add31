import { inOrder, merge, remaining } from '../lib/merge';
import {
  asError,
  type Model,
  type Row,
  rowKey,
  type ScoreProgress,
  type ScoreResult,
  type TraitscopeError,
  unitsOf,
  version,
} from '../lib/traitscope';
import { kinds } from '../lib/units';
import type {
  DeviceInfo,
  GateResult,
  Notice,
  Observation,
  Rating,
  Readout,
  ScoreRequest,
  SelfTest,
  Summary,
} from '../types';
import { notePace } from './expected';
import type { RunRecord } from './export';
import { formsOf } from './forms';
import { newId } from './ids';
import type { KeptRun, RunHead, RunKeeper } from './kept-runs';
import { Pace } from './pace';
import { identityOf } from './same-model';
import type { Selection } from './selection';
import type { Settings } from './settings';
import { summaryOf } from './summary';

const SUMMARY_INTERVAL = 2000;

/** One administration of a test, from the first forward to the result. */
export class Run {
  status: 'running' | 'done' | 'failed' = 'running';
  /** `gate` while the factual questions are asked, then `items`. */
  phase = 'gate';
  /** How far the phase is, in the core's units. */
  done = 0;
  total = 0;
  /** Items of which every observation is there. */
  itemsDone = 0;
  gate: GateResult[] = [];
  summary: Summary | null = null;
  result: ScoreResult | null = null;
  error: TraitscopeError | null = null;
  notices: Notice[] = [];
  /** Whether something was done since about the error that the run ended with: other items, the model anew. */
  errorSettled = false;
  stopping = false;
  readonly pace = new Pace();
  /** The pace in items, where {@link pace} counts questions. */
  readonly itemPace = new Pace();
  readonly request: ScoreRequest;
  readonly id: string;
  readonly date: string;
  /** Rows that an earlier part of the run gave. */
  readonly #before: Row[];
  readonly #keeper: RunKeeper;
  /** Instances that share the run; null for as many as suit the machine. They change no number. */
  readonly #workers: number | null;
  readonly #skipFailing: boolean;
  #model: Model;
  #info: Model['info'];
  #selfTest: SelfTest | null;
  #bankSha256: string | null;
  #settings: Settings;
  /** What the run ended on. */
  #device: DeviceInfo;
  #rows = new Map<string, Row>();
  #summedUp: number | null = null;
  #abort = new AbortController();
  #onChange: () => void;

  constructor(
    model: Model,
    selfTest: SelfTest | null,
    test: Pick<Selection, 'bank' | 'inventory'> & { bankSha256: string | null; settings: Settings },
    keeper: RunKeeper,
    onChange: () => void,
    before: KeptRun | null = null,
  ) {
    const { bank, inventory, bankSha256, settings } = test;
    this.date = before?.head.date ?? new Date().toISOString();
    this.id = before?.head.id ?? newId(this.date);
    this.#before = before?.parts ?? [];
    for (const row of this.#before) this.#rows.set(rowKey(row), row);
    this.#keeper = keeper;
    this.#model = model;
    this.#info = model.info;
    this.#device = model.info.device;
    this.#settings = settings;
    this.#selfTest = selfTest;
    this.#bankSha256 = bankSha256;
    this.#onChange = onChange;
    this.#workers = settings.workers;
    this.#skipFailing = settings.failing === 'skip';
    this.request = {
      items: bank,
      inventory,
      readouts: settings.readouts,
      ...formsOf(settings, inventory !== null),
      frame: null,
      instruction: null,
      system: settings.system,
      prompt_mode: settings.prompt,
      gate_questions: settings.gate,
      gate_range: null,
      gain: settings.gain,
      paraphrases: settings.paraphrases,
      activations: settings.activations,
      steering: [],
      seed: settings.seed,
    };
  }

  /** The rows so far. */
  get rows(): Row[] {
    return [...this.#rows.values()];
  }

  /** What it takes to go on with them. */
  get #head(): RunHead {
    const { items: bank, inventory } = this.request;
    return {
      id: this.id,
      date: this.date,
      model: identityOf(this.#info),
      settings: this.#settings,
      bank,
      inventory,
      bankSha256: this.#bankSha256,
    };
  }

  /** Whether all was asked that should be. */
  get complete(): boolean {
    return this.status === 'done' && this.result?.cancelled === false;
  }

  /** The notices that still ask for something. */
  get openNotices(): Notice[] {
    const settled = this.errorSettled ? this.error?.code : undefined;
    return this.notices.filter(({ code }) => code !== settled);
  }

  get itemsTotal(): number {
    return unitsOf(this.request).length;
  }

  /** What the model is called and ran on when the run began. */
  get info(): Model['info'] {
    return this.#info;
  }

  /** Whether it was given to this model. */
  ranOn(model: Model | null): boolean {
    return this.#model === model;
  }

  /** Whether an item was answered in this read-out. */
  has(readout: Readout): boolean {
    const rows: Row[] = [...(this.result?.observations ?? []), ...(this.result?.ratings ?? [])];
    return rows.some(row => row.readout === readout);
  }

  /** The same test once more, with the items also where the factual questions fail. */
  withFailing(model: Model, selfTest: SelfTest | null): Run {
    const settings = { ...this.#settings, failing: 'ask' as const };
    const { items: bank, inventory } = this.request;
    const test = { bank, inventory, bankSha256: this.#bankSha256, settings };
    return new Run(model, selfTest, test, this.#keeper, this.#onChange);
  }

  async start(): Promise<void> {
    const left = this.#left();
    const { readouts, prompt_mode, gate_questions, inventory, ...rest } = left;
    const doneBefore = this.itemsTotal - unitsOf(left).length;
    await this.#keeper.begin(this.#head, this.rows);
    try {
      const result = await this.#model.score({
        ...rest,
        ...(inventory ? { inventory } : {}),
        readout: readouts,
        promptMode: prompt_mode,
        gate: gate_questions,
        skipFailing: this.#skipFailing,
        ...(this.#workers === null ? {} : { workers: this.#workers }),
        onObservation: row => this.#hear(row),
        onRating: row => this.#hear(row),
        signal: this.#abort.signal,
        onGate: result => {
          this.gate = [...this.gate.filter(({ readout }) => readout !== result.readout), result];
          this.#onChange();
        },
        onProgress: progress => this.#progress(progress, doneBefore),
        onNotice: notice => {
          this.notices.push(notice);
          this.#onChange();
        },
      });
      if (!result.cancelled) notePace(this.#model.info, result.milliseconds / 1000 / this.total);
      this.result = await this.#joined(result);
      this.status = 'done';
    } catch (error) {
      this.error = asError(error);
      await this.#rescue(this.error);
      this.status = 'failed';
    }
    this.#device = this.#model.info.device;
    this.#selfTest = this.#model.lastSelfTest ?? this.#selfTest;
    this.summary = this.result?.summary ?? this.summary;
    const { gate, likert } = this.summary ?? {};
    this.gate = (this.request.inventory ? likert?.gate : gate) ?? this.gate;
    this.#onChange();
  }

  /** Ends the run after the current forward; what is done is kept. */
  stop(): void {
    this.stopping = true;
    this.#abort.abort();
    this.#onChange();
  }

  /** The finished run with everything about it. */
  get record(): RunRecord | null {
    if (!this.result) return null;
    const { name, version, licence } = this.request.items;
    return {
      date: this.date,
      program: this.result.program,
      model: this.#info,
      device: this.#device,
      self_test: this.#selfTest,
      request: this.request,
      bank: { name, version, licence },
      bank_sha256: this.#bankSha256,
      result: this.result,
      notices: this.notices,
      resumed: this.#before.length,
    };
  }

  /** The request without what is done already. The factual questions are asked again: what they decide is not kept. */
  #left(): ScoreRequest {
    const { request } = this;
    if (this.#before.length === 0) return request;
    // Where a read-out was left out, no row of it is missing.
    const asked = (readout: Readout) =>
      !this.#skipFailing || this.#before.some(row => row.readout === readout);
    const readouts = request.readouts.filter(asked);
    return { ...remaining({ ...request, readouts }, this.#before, []), readouts: request.readouts };
  }

  #hear(row: Row): void {
    this.#rows.set(rowKey(row), row);
    this.#keeper.add(row);
  }

  /** A result with the rows from before. */
  async #joined(result: ScoreResult): Promise<ScoreResult> {
    if (this.#before.length === 0) return result;
    const rows = merge(this.#before, [...result.observations, ...result.ratings]);
    const { observations, ratings } = kinds(inOrder(this.request, rows));
    const summary = await this.#summary(observations, ratings, result.facts, result.summary.gate);
    return { ...result, observations, ratings, summary };
  }

  #progress({ phase, done, total, items_done }: ScoreProgress, doneBefore: number): void {
    this.phase = phase;
    this.done = done;
    this.total = total;
    this.itemsDone = doneBefore + items_done;
    const now = performance.now();
    this.pace.note(phase, done, total, now);
    this.itemPace.note(phase, this.itemsDone, this.itemsTotal, now);
    if (phase === 'items') void this.#sumUp(now);
    this.#onChange();
  }

  /** Scores so far, at most every other second, since each is a bootstrap in the worker that runs the model. */
  async #sumUp(now: number): Promise<void> {
    if (this.#summedUp !== null && now - this.#summedUp < SUMMARY_INTERVAL) return;
    this.#summedUp = now;
    try {
      const { observations, ratings } = kinds(this.rows);
      const summary = await this.#summary(observations, ratings, [], this.gate);
      if (this.status === 'running') this.summary = summary;
    } catch {
      // Only a preview: what matters comes with the result.
    }
    this.#onChange();
  }

  /** The figures of rows; the gate of statements is that of `facts`, or as it is known already. */
  #summary(
    observations: Observation[],
    ratings: Rating[],
    facts: Rating[],
    gate: GateResult[],
  ): Promise<Summary> {
    return summaryOf({ observations, ratings, facts }, gate, this.request.inventory, this.request);
  }

  /** After a failure, what was measured before it is still a result. */
  async #rescue(error: TraitscopeError): Promise<void> {
    const {
      facts = [],
      gate = [],
      gate_answers = [],
    } = (error.detail ?? {}) as Partial<Pick<ScoreResult, 'facts' | 'gate_answers'> & { gate: GateResult[] }>;
    const { observations, ratings } = kinds(inOrder(this.request, this.rows));
    this.notices.push({ code: error.code, message: error.message });
    if (observations.length + ratings.length === 0) return;
    try {
      const [summary, number] = await Promise.all([
        this.#summary(observations, ratings, facts, gate),
        version(),
      ]);
      const milliseconds = Date.now() - Date.parse(this.date);
      this.result = {
        observations,
        ratings,
        facts,
        gate_answers,
        summary,
        cancelled: true,
        activations: this.request.activations,
        rounding: null,
        skipped: [],
        milliseconds,
        program: `traitscope ${number}`,
      };
    } catch (failure) {
      const { code, message } = asError(failure);
      this.notices.push({ code, message });
    }
  }
}
