import { asError, stopped, TraitscopeError } from '../lib/errors';
import type { LoadProgress, Notice } from '../types';
import { refusedByPolicy } from './policy';
import { differ, lengthOf, placeOf, rangeHeaders, type Version, validator, versionOf } from './ranges';

/** A file that is being filled, in order. It may hold the beginning from an earlier time. */
export interface Target {
  readonly size: number;
  write(chunk: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /** What it holds, piece by piece. */
  contents(): AsyncIterable<Uint8Array>;
  /** Throws away what it holds. */
  reset(): void;
}

/** A running SHA-256. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  hex(): string;
}

/** What is known of a file beforehand. */
export interface Expected {
  bytes: number | null;
  sha256: string | null;
}

/** What the server said of the file when its bytes began to come. */
export interface Told {
  version: Version;
  total: number | null;
}

/** A download and all that it needs. */
export interface DownloadJob {
  url: string;
  expected: Expected;
  target: Target;
  /** What was told of the file whose beginning the target holds; null where it holds none. */
  told: Told | null;
  newHasher: () => Hasher;
  /** Called before the first byte of an answer is written. */
  onTold?: (told: Told) => void | Promise<void>;
  onProgress: (progress: LoadProgress) => void;
  signal: AbortSignal;
  /** How long to wait before each further try, in milliseconds. */
  delays?: number[];
}

export interface Downloaded {
  bytes: number;
  sha256: string;
  /** That the download had to begin again, and why. */
  notice: Notice | null;
}

const DELAYS = [500, 1000, 2000, 4000];
/** So many new bytes show that the connection works, and tries are counted anew. */
const PROGRESS = 1 << 20;
const MOST_RESTARTS = 3;
/** Statuses of a server that may answer otherwise in a moment. */
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

/** Why a download begins again. */
const REASONS = {
  ranges: 'The server does not go on in the middle of a file, so the download began again',
  changed: 'The file on the server is not the one that the download began with, so it began again',
  unsure: 'The server does not say whether its file is still the same, so the download began again',
  damaged: 'What had been downloaded before was damaged, so the download began again',
};

/**
 * Fills `target` with the file at `url`, going on behind what it holds, and returns length and hash once both are as expected. A
 * broken connection is tried again from the last byte. On an error the target keeps what it has, but for what the server
 * cannot go on with.
 *
 * Errors: `network.failed` (no connection, or it broke again and again), `network.refused` (by the page's own policy),
 * `network.status` (the server refused), `network.length` (more or fewer bytes than promised), `model.checksum`, `run.cancelled`,
 * `run.paused`.
 */
export async function download(job: DownloadJob): Promise<Downloaded> {
  return new Download(job).run();
}

/** An error, and whether another try may help. */
class Failure {
  constructor(
    readonly error: TraitscopeError,
    readonly transient: boolean,
  ) {}
}

class Download {
  readonly #job: DownloadJob;
  readonly #ownOrigin: boolean;
  #hasher: Hasher;
  #told: Told | null;
  /** Whether the server may still be asked for a part. */
  #ranges = true;
  /** Since the connection broke last. */
  #restarts = 0;
  #restarted: Notice | null = null;
  #damaged = false;
  /** Whether bytes of more than one answer are in the target. */
  #joined = false;

  constructor(job: DownloadJob) {
    this.#job = job;
    this.#told = job.told;
    this.#hasher = job.newHasher();
    this.#ownOrigin = new URL(job.url).origin === globalThis.location?.origin;
  }

  async run(): Promise<Downloaded> {
    await this.#hashWhatIsThere();
    for (;;) {
      await this.#fill();
      const sha256 = this.#hasher.hex();
      const { expected, target } = this.#job;
      if (expected.sha256 === null || sha256 === expected.sha256) {
        return { bytes: target.size, sha256, notice: this.#restarted };
      }
      // Bytes of several answers may not belong together; once more, then, from the start.
      if (!this.#joined || this.#damaged) throw wrongHash(sha256, expected.sha256);
      this.#damaged = true;
      this.#restart('damaged');
    }
  }

  get #total(): number {
    return this.#job.expected.bytes ?? this.#told?.total ?? 0;
  }

  /** Asks for what is missing until all is there. */
  async #fill(): Promise<void> {
    const { target, delays = DELAYS } = this.#job;
    let tries = 0;
    let furthest = target.size;
    for (;;) {
      try {
        if (await this.#ask()) return;
      } catch (error) {
        this.#stopWhereAsked();
        const failure = error instanceof Failure ? error : new Failure(asError(error), false);
        if (target.size >= furthest + PROGRESS) tries = 0;
        furthest = Math.max(furthest, target.size);
        const wait = delays[tries];
        if (!failure.transient || wait === undefined) {
          // With what cannot be gone on with, nobody should be shown a part of the file.
          if (!this.#ranges || !this.#surelyTheSame) target.reset();
          throw failure.error;
        }
        tries += 1;
        this.#restarts = 0;
        this.#tell({
          code: 'network.retrying',
          message: `The connection broke; trying again (${tries} of ${delays.length})`,
        });
        await this.#pause(wait);
      }
    }
  }

  /** One request; whether the file is complete after it. Where it is not, another one is needed at once. */
  async #ask(): Promise<boolean> {
    const { target, expected } = this.#job;
    if (target.size > 0 && this.#total > 0 && target.size > this.#total) this.#restart('damaged');
    if (target.size > 0 && target.size === this.#total) return true;
    if (target.size > 0 && !this.#ranges) this.#restart('ranges');
    if (target.size > 0 && !this.#surelyTheSame) this.#restart('unsure');

    const asked = target.size;
    const response = await this.#request(asked);
    if (response.status === 416 && asked > 0) {
      await response.body?.cancel();
      const all = lengthOf(response.headers) === asked && (expected.bytes ?? asked) === asked;
      if (all && !this.#changed(response)) return true;
      this.#restart('changed');
      return false;
    }
    const place = placeOf(response);
    const changed = asked > 0 && this.#changed(response);
    if (!place || (place.start !== 0 && (place.start !== asked || changed))) {
      await response.body?.cancel();
      if (asked === 0) throw statusError(response.status);
      if (!changed) this.#ranges = false;
      this.#restart(changed ? 'changed' : 'ranges');
      return false;
    }
    if (place.total !== null && expected.bytes !== null && place.total !== expected.bytes) {
      await response.body?.cancel();
      throw wrongLength(place.total, expected.bytes);
    }
    if (asked > 0 && place.start === 0) {
      // The whole file, in the place of the part: the server knows no parts, or its file is another by now.
      if (!changed) this.#ranges = false;
      this.#restart(changed ? 'changed' : 'ranges');
    } else if (asked > 0) {
      const before = this.#told?.total ?? null;
      if (before !== null && place.total !== null && before !== place.total) {
        await response.body?.cancel();
        this.#restart('changed');
        return false;
      }
      this.#joined = true;
    }
    this.#told = { version: versionOf(response.headers), total: place.total ?? this.#told?.total ?? null };
    await this.#job.onTold?.(this.#told);
    await this.#read(response);
    return true;
  }

  /** Whether a part that comes now is certain to belong to what is there, or will be found out if not. */
  get #surelyTheSame(): boolean {
    if (this.#job.expected.sha256 !== null) return true;
    return this.#told !== null && validator(this.#told.version) !== null;
  }

  #changed(response: Response): boolean {
    return this.#told !== null && differ(this.#told.version, versionOf(response.headers));
  }

  async #request(start: number): Promise<Response> {
    const { url, signal } = this.#job;
    const headers = rangeHeaders(start, this.#told?.version ?? null, this.#ownOrigin);
    let response: Response;
    try {
      response = await fetch(url, { signal, headers, cache: 'no-store' });
    } catch (error) {
      if (await refusedByPolicy(url)) throw new Failure(policyError(url), false);
      throw new Failure(
        new TraitscopeError(
          'network.failed',
          `the model could not be fetched (${reason(error)}). Check the connection and try again`,
          { bytes: start },
        ),
        true,
      );
    }
    if (!response.ok && !(response.status === 416 && start > 0)) {
      await response.body?.cancel();
      throw new Failure(statusError(response.status), TRANSIENT.has(response.status));
    }
    return response;
  }

  async #read(response: Response): Promise<void> {
    const { target, onProgress } = this.#job;
    const reader = response.body?.getReader();
    this.#tell(this.#restarted);
    try {
      while (reader) {
        const { done, value } = await this.#next(reader);
        if (done) break;
        if (this.#total > 0 && target.size + value.byteLength > this.#total) {
          throw wrongLength(target.size + value.byteLength, this.#total);
        }
        this.#hasher.update(value);
        await target.write(value);
        onProgress(this.#progress(this.#restarted));
      }
    } catch (error) {
      await reader?.cancel().catch(() => undefined);
      throw error;
    }
    // Some proxies end a body early without a sign of it.
    if (target.size < this.#total) throw new Failure(wrongLength(target.size, this.#total), true);
  }

  async #next(
    reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  ): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
    let result: ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
    try {
      result = await reader.read();
    } catch (error) {
      const bytes = this.#job.target.size;
      const message = `the connection broke after ${bytes} bytes (${reason(error)}). Try again`;
      throw new Failure(new TraitscopeError('network.failed', message, { bytes }), true);
    }
    this.#stopWhereAsked();
    return result;
  }

  #restart(why: keyof typeof REASONS): void {
    this.#restarts += 1;
    if (this.#restarts > MOST_RESTARTS) {
      throw new TraitscopeError(
        'network.failed',
        'the server gave parts that do not belong together, again and again. Try again later',
      );
    }
    this.#restarted = { code: 'network.restarted', message: REASONS[why] };
    this.#job.target.reset();
    this.#hasher = this.#job.newHasher();
    this.#told = null;
    this.#joined = false;
    this.#tell(this.#restarted);
  }

  async #hashWhatIsThere(): Promise<void> {
    const { target, onProgress } = this.#job;
    const total = target.size;
    if (total === 0) return;
    let done = 0;
    for await (const piece of target.contents()) {
      this.#stopWhereAsked();
      onProgress({ phase: 'verify', done, total });
      this.#hasher.update(piece);
      done += piece.byteLength;
    }
    this.#joined = true;
  }

  #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#job;
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(stopped(signal));
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  #stopWhereAsked(): void {
    const { signal } = this.#job;
    if (signal.aborted) throw stopped(signal);
  }

  #tell(notice: Notice | null): void {
    this.#job.onProgress(this.#progress(notice));
  }

  #progress(notice: Notice | null): LoadProgress {
    const progress = { phase: 'download', done: this.#job.target.size, total: this.#total };
    return notice ? { ...progress, notice } : progress;
  }
}

function policyError(url: string): TraitscopeError {
  const host = new URL(url).origin;
  return new TraitscopeError(
    'network.refused',
    `the policy of this page allows no requests to ${host}, where the model lies. Choose another model, or open it from a file; whoever offers the page can allow them by building it with this list of models`,
    { host },
  );
}

function statusError(status: number): TraitscopeError {
  return new TraitscopeError('network.status', `the server answered ${status} for the model file`, {
    status,
  });
}

function wrongLength(found: number, expected: number): TraitscopeError {
  return new TraitscopeError(
    'network.length',
    `the model file should have ${expected} bytes, the server gave ${found}. Try again`,
    { expected, found },
  );
}

function wrongHash(found: string, expected: string): TraitscopeError {
  return new TraitscopeError(
    'model.checksum',
    `the downloaded file is not the one the catalogue names (its SHA-256 is ${found}); it was thrown away`,
    { expected, found },
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
