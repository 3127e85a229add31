import * as Comlink from 'comlink';
import type { Model } from '#wasm/baseline/traitscope_web.js';
import type { CatalogueEntry } from '../lib/catalogue';
import { cancelled, isPlainError, type PlainError, TraitscopeError } from '../lib/errors';
import type { DeviceChoice, Golden, Progress } from '../types';
import { type Acquired, acquire } from './acquire';
import { hashBytes } from './hash';
import type { Opened, WorkerApi } from './protocol';
import * as storage from './storage';
import { Throttle } from './throttle';
import { core } from './wasm';

/** The one worker that owns the core, its models and the stored files. */

interface Held {
  model: Model;
  acquired: Acquired;
  name: string;
  entry: CatalogueEntry | undefined;
}

/** Something that the page may cancel. */
class Job {
  readonly abort = new AbortController();
  readonly control = { cancelled: false };
  #throttle: Throttle | null = null;

  /** Where the job reports to; nothing more is heard of it once the job has ended. */
  progress(listener: (progress: Progress) => void): Throttle {
    this.#throttle = new Throttle(listener);
    return this.#throttle;
  }

  cancel(): void {
    this.control.cancelled = true;
    this.abort.abort();
  }

  end(): void {
    this.#throttle?.stop();
  }
}

const models = new Map<number, Held>();
const jobs = new Map<number, Job>();
let nextModel = 1;

/** Runs a call and turns whatever it throws into a plain object with a code, which survives the crossing. */
async function answer<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw plain(error);
  }
}

function plain(error: unknown): PlainError {
  if (error instanceof WebAssembly.RuntimeError) return { code: 'worker.crashed', message: error.message };
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

function held(model: number): Held {
  const found = models.get(model);
  if (!found) throw new TraitscopeError('model.closed', 'this model has been closed; open it again');
  return found;
}

function release({ bytes }: Acquired): void {
  if (!(bytes instanceof Blob)) bytes.close();
}

async function start(
  acquired: Acquired,
  name: string,
  entry: CatalogueEntry | undefined,
  device: DeviceChoice,
  job: Job,
  onProgress: (progress: Progress) => void,
): Promise<Opened> {
  const { Model, Source } = await core();
  const { bytes, sha256 } = acquired;
  const source = bytes instanceof Blob ? Source.fromBlob(bytes) : Source.fromHandle(bytes);
  // Whether these are golden numbers is the core's to say.
  const golden = (entry?.golden ?? null) as Golden | null;
  const options = { device, name, sha256, golden };
  const model = await Model.open(source, options, onProgress, job.control);
  if (job.control.cancelled) {
    model.free();
    throw cancelled();
  }
  const id = nextModel++;
  models.set(id, { model, acquired, name, entry });
  return { model: id, info: model.info(), from_storage: acquired.fromStorage, notices: acquired.notices };
}

const api: WorkerApi = {
  open: (id, source, device, known, onProgress) =>
    runJob(id, async job => {
      const { report } = job.progress(onProgress);
      const acquired = await acquire(source, report, job.abort.signal);
      try {
        const entry = known.find(model => model.sha256 === acquired.sha256);
        return await start(acquired, entry?.name ?? source.name, entry, device, job, report);
      } catch (error) {
        release(acquired);
        throw error;
      }
    }),

  reopen: (id, old, device, onProgress) =>
    runJob(id, async job => {
      const { model, acquired, name, entry } = held(old);
      models.delete(old);
      model.free();
      try {
        return await start(acquired, name, entry, device, job, job.progress(onProgress).report);
      } catch (error) {
        release(acquired);
        throw error;
      }
    }),

  info: model => answer(() => held(model).model.info()),
  selfTest: model => answer(() => held(model).model.selfTest()),
  operationCost: (model, repeats) => answer(() => held(model).model.operationCost(repeats)),
  logits: (model, request) => answer(() => held(model).model.logits(request)),
  hidden: (model, prompt) =>
    answer(async () => {
      const result = await held(model).model.hidden(prompt);
      return Comlink.transfer(result, [result.values.buffer]);
    }),
  score: (id, model, request, onEvent) =>
    runJob(id, job => heard(onEvent, send => held(model).model.score(request, send, job.control))),
  generate: (id, model, request, onToken) =>
    runJob(id, job => heard(onToken, send => held(model).model.generate(request, send, job.control))),

  close: model =>
    answer(() => {
      const found = models.get(model);
      models.delete(model);
      if (!found) return;
      found.model.free();
      release(found.acquired);
    }),

  cancel: id => jobs.get(id)?.cancel(),

  bundledItems: () => answer(async () => (await core()).bundledItems()),
  parseItems: (bytes, name) => answer(async () => (await core()).parseItems(bytes, name)),
  summarise: (observations, gate, seed) =>
    answer(async () => (await core()).summarise(observations, gate, seed)),
  gate: (answers, asked) => answer(async () => (await core()).gate(answers, asked)),
  sha256: bytes => answer(() => hashBytes(bytes)),
  version: () => answer(async () => (await core()).version()),

  stored: () =>
    answer(async () => {
      const folder = await storage.openFolder();
      return typeof folder === 'string' ? [] : storage.list(folder);
    }),
  remove: key =>
    answer(async () => {
      const folder = await storage.openFolder();
      if (typeof folder !== 'string') await storage.remove(folder, key);
    }),
};

/** A trap inside an asynchronous call leaves that call without an answer, so the page is told apart from it. */
function crashed(message: string): void {
  self.postMessage({ traitscope_crash: message });
}
self.addEventListener('error', event => crashed(event.message));
self.addEventListener('unhandledrejection', event => {
  if (event.reason instanceof WebAssembly.RuntimeError) crashed(event.reason.message);
});

Comlink.expose(api);
