import * as Comlink from 'comlink';
import { isPlainError, type PlainError, paused, TraitscopeError } from '../lib/errors';
import { observeRequests } from '../lib/requests';
import type { DeviceChoice, LoadProgress } from '../types';
import { acquire, forget, partial, remove } from './acquire';
import { hashBytes } from './hash';
import * as instruments from './instruments';
import { holdLifeLine } from './life-line';
import { endOf, hearPanics } from './memory';
import { close, held, type Opening, open, release, replace } from './models';
import type { WorkerApi } from './protocol';
import * as storage from './storage';
import { Throttle } from './throttle';
import { core } from './wasm';

/** The one worker that owns the core, its models and the stored files. */

/** Something that the page may cancel. */
class Job {
  readonly abort = new AbortController();
  readonly control = { cancelled: false };
  #throttle: Throttle | null = null;

  /** How the job opens a model; nothing more is heard of it once the job has ended. */
  opening(device: DeviceChoice, listener: (progress: LoadProgress) => void): Opening {
    this.#throttle = new Throttle(listener);
    return { device, control: this.control, onProgress: this.#throttle.report };
  }

  cancel(): void {
    this.control.cancelled = true;
    this.abort.abort();
  }

  /** Stops the download, if that is what goes on; a model whose bytes are here goes on loading. */
  pause(): void {
    this.abort.abort(paused());
  }

  end(): void {
    this.#throttle?.stop();
  }
}

const jobs = new Map<number, Job>();

/** Runs a call and turns whatever it throws into a plain object with a code, which survives the crossing. */
async function answer<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw plain(error);
  }
}

function plain(error: unknown): PlainError {
  const end = endOf(error);
  if (end) return end;
  if (error instanceof TraitscopeError) {
    return { code: error.code, message: error.message, detail: error.detail };
  }
  if (isPlainError(error)) return { code: error.code, message: error.message, detail: error.detail };
  return { code: 'worker.failed', message: error instanceof Error ? error.message : String(error) };
}

async function runJob<T>(job: number, work: (entry: Job) => Promise<T>): Promise<T> {
  const entry = new Job();
  jobs.set(job, entry);
  try {
    return await answer(() => work(entry));
  } finally {
    entry.end();
    jobs.delete(job);
  }
}

/**
 * Runs a task whose events go to the page, and waits until the last of them has been heard there: callbacks and
 * answers travel on different ports, so that an answer may otherwise overtake the events before it.
 */
async function heard<E, T>(listener: (event: E) => unknown, task: (send: (event: E) => void) => Promise<T>) {
  let last: unknown;
  try {
    return await task(event => {
      last = listener(event);
    });
  } finally {
    await Promise.resolve(last).catch(() => undefined);
  }
}

const api: WorkerApi = {
  open: (id, source, device, known, former, onProgress) =>
    runJob(id, async job => {
      const opening = job.opening(device, onProgress);
      const acquired = await acquire(source, opening.onProgress, job.abort.signal);
      try {
        const entry = known.find(model => model.sha256 === acquired.sha256);
        const file = { acquired, name: entry?.name ?? source.name, entry };
        return await (former === null ? open(file, opening) : replace(former, file, opening));
      } catch (error) {
        release(acquired);
        if (isPlainError(error) && /^(gguf|model)\./.test(error.code)) await forget(source);
        throw error;
      }
    }),

  reopen: (id, model, device, onProgress) =>
    runJob(id, async job => replace(model, (await held(model)).file, job.opening(device, onProgress))),

  info: model => answer(async () => (await held(model)).model.info()),
  selfTest: model => answer(async () => (await held(model)).model.selfTest()),
  operationCost: (model, repeats) => answer(async () => (await held(model)).model.operationCost(repeats)),
  logits: (model, request) => answer(async () => (await held(model)).model.logits(request)),
  hidden: (model, prompt) =>
    answer(async () => {
      const result = await (await held(model)).model.hidden(prompt);
      return Comlink.transfer(result, [result.values.buffer]);
    }),
  check: (id, model, request) =>
    runJob(id, async job => (await held(model)).model.check(request, job.control)),
  score: (id, model, request, onEvent) =>
    runJob(id, async job => {
      const found = await held(model);
      return heard(onEvent, send => found.model.score(request, send, job.control));
    }),
  generate: (id, model, request, onToken) =>
    runJob(id, async job => {
      const found = await held(model);
      return heard(onToken, send => found.model.generate(request, send, job.control));
    }),

  extract: (id, model, request, onProgress, onResponse) =>
    runJob(id, async job => {
      const found = await held(model);
      return heard(onResponse, send => found.model.extract(request, onProgress, send, job.control));
    }),
  calibrate: (id, model, vectors) =>
    runJob(id, async job => (await held(model)).model.calibrate(vectors, job.control)),
  shuffled: (id, model, request, layer, count, seed) =>
    runJob(id, async job => {
      const found = await held(model);
      return found.model.shuffled(request, layer, count, seed, () => undefined, job.control);
    }),
  effect: (id, model, request, onEvent) =>
    runJob(id, async job => {
      const found = await held(model);
      return heard(onEvent, send => found.model.effect(request, send, job.control));
    }),

  coherence: (id, model, request, onProgress) =>
    runJob(id, async job => {
      const found = await held(model);
      return heard(onProgress, send => found.model.coherence(request, send, job.control));
    }),

  monitoring: (id, model, request, onProgress) =>
    runJob(id, async job => {
      const found = await held(model);
      return heard(onProgress, send => found.model.monitoring(request, send, job.control));
    }),

  freeAnswers: (id, model, request, onProgress) =>
    runJob(id, async job => {
      const found = await held(model);
      return heard(onProgress, send => found.model.freeAnswers(request, send, job.control));
    }),

  difference: (id, model, request, onProgress) =>
    runJob(id, async job => {
      const found = await held(model);
      return heard(onProgress, send => found.model.difference(request, send, job.control));
    }),

  close: model => answer(() => close(model)),

  cancel: id => jobs.get(id)?.cancel(),
  pause: id => jobs.get(id)?.pause(),

  bundledItems: () => answer(async () => (await core()).bundledItems()),
  parseInstrument: (bytes, name) => answer(async () => (await core()).parseInstrument(bytes, name)),
  summarise: (observations, gate, seed) =>
    answer(async () => (await core()).summarise(observations, gate, seed)),
  summariseRatings: (ratings, facts, asked, norms, seed) =>
    answer(async () => (await core()).summariseRatings(ratings, facts, asked, norms, seed)),
  gate: (answers, asked) => answer(async () => (await core()).gate(answers, asked)),
  parseTrait: bytes => answer(async () => (await core()).parseTrait(bytes)),
  readDirections: (bytes, name) => answer(async () => (await core()).readDirections(bytes, name)),
  writeDirections: (vectors, format) => answer(async () => (await core()).writeDirections(vectors, format)),
  orthogonal: vectors => answer(async () => (await core()).orthogonal(vectors)),
  gaussian: (width, count, seed) => answer(async () => (await core()).gaussian(width, count, seed)),
  summariseEffect: (request, observations) =>
    answer(async () => (await core()).summariseEffect(request, observations)),
  summariseMonitoring: (request, rows) =>
    answer(async () => (await core()).summariseMonitoring(request, rows)),
  summariseFree: (answers, ratings, seed) =>
    answer(async () => (await core()).summariseFree(answers, ratings, seed)),
  parseTexts: bytes => answer(async () => (await core()).parseTexts(bytes)),
  compareAnswers: (before, after, seed) =>
    answer(async () => (await core()).compareAnswers(before, after, seed)),
  parseStudy: bytes => answer(async () => (await core()).parseStudy(bytes)),
  studySettings: study => answer(async () => (await core()).studySettings(study)),
  studyInventory: (study, setting) => answer(async () => (await core()).studyInventory(study, setting)),
  studyRequest: (study, setting, bank, inventory) =>
    answer(async () => (await core()).studyRequest(study, setting, bank, inventory)),
  studyGate: (study, inventory) => answer(async () => (await core()).studyGate(study, inventory)),
  studyReadouts: (study, gate, statementGate) =>
    answer(async () => (await core()).studyReadouts(study, gate, statementGate)),
  settingAnswers: (setting, observations, ratings) =>
    answer(async () => (await core()).settingAnswers(setting, observations, ratings)),
  summariseStudy: (study, answers, norms) =>
    answer(async () => (await core()).summariseStudy(study, answers, norms)),
  parseStudyResult: bytes => answer(async () => (await core()).parseStudyResult(bytes)),
  compareStudies: (before, after, seed) =>
    answer(async () => (await core()).compareStudies(before, after, seed)),
  joinStudyResults: (one, other) => answer(async () => (await core()).joinStudyResults(one, other)),
  sha256: bytes => answer(() => hashBytes(bytes)),
  version: () => answer(async () => (await core()).version()),

  stored: () =>
    answer(async () => {
      const folder = await storage.openFolder();
      return typeof folder === 'string' ? [] : storage.list(folder);
    }),
  partial: () => answer(partial),
  remove: key => answer(() => remove(key)),
  keptInstruments: () => answer(instruments.list),
  keepInstrument: (bytes, name) => answer(() => instruments.keep(bytes, name)),
  readInstrument: key =>
    answer(async () => {
      const bytes = await instruments.read(key);
      return Comlink.transfer(bytes, [bytes.buffer]);
    }),
  removeInstrument: key => answer(() => instruments.remove(key)),
};

/** A trap inside an asynchronous call leaves that call without an answer, so the page is told apart from it. */
function ended(end: PlainError): void {
  self.postMessage({ traitscope_end: end });
}
hearPanics();
observeRequests(made => self.postMessage({ traitscope_requests: made }));
holdLifeLine(lock => self.postMessage({ traitscope_life: lock }));
self.addEventListener('error', event => {
  // Else the page hears of it twice, and the first time without what it is.
  event.preventDefault();
  ended(endOf(event.error) ?? { code: 'worker.crashed', message: event.message });
});
self.addEventListener('unhandledrejection', event => {
  const end = endOf(event.reason);
  if (end) ended(end);
});

Comlink.expose(api);
