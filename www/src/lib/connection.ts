import * as Comlink from 'comlink';
import type { WorkerApi } from '../worker/protocol';
import { asError, cancelled, TraitscopeError } from './errors';
import { openWorker } from './open-worker';
import { requests } from './requests';

/** The worker's methods as the page sees them: each gives a promise. */
type Remote = Comlink.Remote<WorkerApi>;

/**
 * Milliseconds that the answers of a worker have to arrive after the news of its crash, which comes another way and
 * may overtake them.
 */
const LAST_ANSWERS = 200;

/** The connection to the worker. When the worker crashes it is dead for good, and the next use makes a new one. */
export class Connection {
  /** The worker and its methods, once it is there. */
  readonly #started: Promise<{ worker: Worker; api: Remote }>;
  readonly #crash: Promise<never>;
  #fail: (error: TraitscopeError) => void = () => undefined;
  #dead = false;

  constructor() {
    this.#crash = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.#crash.catch(() => undefined);
    this.#started = this.#start();
    this.#started.catch(error => this.#die(`it could not be started: ${asError(error).message}`));
  }

  /** Whether the worker has crashed. */
  get dead(): boolean {
    return this.#dead;
  }

  /** One call, which fails with `worker.crashed` when the worker does. */
  async call<T>(run: (api: Remote) => Promise<T>): Promise<T> {
    try {
      const answer = this.#started.then(({ api }) => run(api));
      return await Promise.race([answer, this.#crash]);
    } catch (error) {
      const known = asError(error);
      if (known.code === 'worker.crashed') this.#die(known.message);
      throw known;
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
        void this.#started.then(({ api }) => api.cancel(job));
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
    this.#die('it was closed');
  }

  async #start(): Promise<{ worker: Worker; api: Remote }> {
    const worker = await openWorker();
    worker.addEventListener('error', event => {
      this.#die(event.message || 'the worker could not be started');
    });
    worker.addEventListener('message', event => {
      const message: unknown = event.data?.traitscope_crash;
      if (typeof message === 'string') this.#die(message, LAST_ANSWERS);
      if (event.data?.traitscope_requests) requests.add(event.data.traitscope_requests);
    });
    return { worker, api: Comlink.wrap<WorkerApi>(worker) };
  }

  /** No call is taken from now on; after `delay` milliseconds those that still wait fail. */
  #die(message: string, delay = 0): void {
    if (this.#dead) return;
    this.#dead = true;
    const end = () => {
      void this.#started.then(
        ({ worker }) => worker.terminate(),
        () => undefined,
      );
      this.#fail(
        new TraitscopeError(
          'worker.crashed',
          `the model's worker stopped unexpectedly (${message}). Open the model again`,
        ),
      );
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
