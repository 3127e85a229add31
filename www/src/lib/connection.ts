import * as Comlink from 'comlink';
import type { WorkerApi } from '../worker/protocol';
import { asError, cancelled, isPlainError, TraitscopeError } from './errors';
import { openWorker } from './open-worker';
import { requests } from './requests';

/** The worker's methods as the page sees them: each gives a promise. */
type Remote = Comlink.Remote<WorkerApi>;

/**
 * Milliseconds that the answers of a worker have to arrive after the news of its end, which comes another way and
 * may overtake them.
 */
const LAST_ANSWERS = 200;

/** How a worker may end that nobody closed, and what is to be done then. */
const ENDS: Record<string, (why: string) => string> = {
  'worker.crashed': why => `the model's worker stopped unexpectedly (${why}). Open the model again`,
  'worker.memory': why =>
    `the memory that the model can have is used up (${why}). Close other tabs and programs, or choose a smaller model or ` +
    'a single instance, and open the model again',
};

/** Whether an error of that code means that the worker has ended, and the model with it. */
export function endsWorker(code: string): boolean {
  return Object.hasOwn(ENDS, code);
}

/** The connection to the worker. A worker that has ended is dead for good, and the next use makes a new one. */
export class Connection {
  /** Comes when the worker has ended, with the error that its calls fail with. */
  readonly ended: Promise<TraitscopeError>;
  /** The worker and its methods, once it is there. */
  readonly #started: Promise<{ worker: Worker; api: Remote }>;
  readonly #failure: Promise<never>;
  #end: (error: TraitscopeError) => void = () => undefined;
  #dead = false;

  constructor() {
    this.ended = new Promise(resolve => {
      this.#end = resolve;
    });
    this.#failure = this.ended.then(error => {
      throw error;
    });
    this.#failure.catch(() => undefined);
    this.#started = this.#start();
    this.#started.catch(error =>
      this.#die('worker.crashed', `it could not be started: ${asError(error).message}`),
    );
  }

  /** Whether the worker has ended. */
  get dead(): boolean {
    return this.#dead;
  }

  /** One call, which fails with `worker.crashed` or `worker.memory` when the worker ends. */
  async call<T>(run: (api: Remote) => Promise<T>): Promise<T> {
    try {
      const answer = this.#started.then(({ api }) => run(api));
      return await Promise.race([answer, this.#failure]);
    } catch (error) {
      const known = asError(error);
      if (!endsWorker(known.code)) throw known;
      this.#die(known.code, known.message);
      throw await this.ended;
    }
  }

  /** A call that can be cancelled: the worker is told, and `abandon` decides whether to wait for its answer. */
  async job<T>(
    signal: AbortSignal | undefined,
    abandon: boolean,
    run: (api: Remote, job: number) => Promise<T>,
  ): Promise<T> {
    if (signal?.aborted) throw cancelled();
    const job = nextJob++;
    let stop: () => void = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = () => {
        void this.#started.then(
          ({ api }) => api.cancel(job),
          () => undefined,
        );
        if (abandon) reject(cancelled());
      };
    });
    stopped.catch(() => undefined);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([this.call(api => run(api, job)), stopped]);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Ends the worker; whatever still waits for it fails. */
  close(): void {
    this.#die('worker.crashed', 'it was closed');
  }

  /** Waits for the lock that the worker holds while it lives. */
  async #outlive(lock: string): Promise<void> {
    await navigator.locks.request(lock, () => undefined);
    this.#die('worker.crashed', 'the browser ended it, perhaps for want of memory', LAST_ANSWERS);
  }

  async #start(): Promise<{ worker: Worker; api: Remote }> {
    const worker = await openWorker();
    worker.addEventListener('error', event => {
      this.#die('worker.crashed', event.message || 'the worker could not be started');
    });
    worker.addEventListener('message', event => {
      const { traitscope_end: end, traitscope_requests: made, traitscope_life: lock } = event.data ?? {};
      if (isPlainError(end)) this.#die(end.code, end.message, LAST_ANSWERS);
      if (made) requests.add(made);
      if (typeof lock === 'string') void this.#outlive(lock);
    });
    return { worker, api: Comlink.wrap<WorkerApi>(worker) };
  }

  /** No call is taken from now on; after `delay` milliseconds those that still wait fail. */
  #die(code: string, why: string, delay = 0): void {
    if (this.#dead) return;
    this.#dead = true;
    const end = () => {
      void this.#started.then(
        ({ worker }) => worker.terminate(),
        () => undefined,
      );
      this.#end(new TraitscopeError(code, ENDS[code]?.(why) ?? why));
    };
    if (delay > 0) setTimeout(end, delay);
    else end();
  }
}

let nextJob = 1;
let current: Connection | null = null;

/** The page's one worker; a new one after a crash. */
export function connection(): Connection {
  if (!current || current.dead) current = new Connection();
  return current;
}

/** A callback that the worker may call, or nothing where there is none to call. */
export function callback<A extends unknown[]>(
  listener: ((...args: A) => void) | undefined,
): (...args: A) => void {
  return Comlink.proxy((...args: A) => listener?.(...args));
}
