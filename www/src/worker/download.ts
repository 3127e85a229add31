import { cancelled, TraitscopeError } from '../lib/errors';
import type { Progress } from '../types';

/** Takes a file's bytes in order. */
export interface Sink {
  write(chunk: Uint8Array<ArrayBuffer>): void | Promise<void>;
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

/**
 * Streams `url` into `sink`, hashing on the way, and returns its length and hash once both are as expected.
 * On any error the sink holds a partial or wrong file, which the caller removes.
 *
 * Errors: `network.failed` (no connection, or it broke), `network.status` (the server refused), `network.length`
 * (more or fewer bytes than promised), `model.checksum`, `run.cancelled`.
 */
export async function download(
  url: string,
  expected: Expected,
  sink: Sink,
  hasher: Hasher,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<{ bytes: number; sha256: string }> {
  const response = await request(url, signal);
  const promised = contentLength(response);
  if (promised !== null && expected.bytes !== null && promised !== expected.bytes) {
    await response.body?.cancel();
    throw wrongLength(promised, expected.bytes);
  }
  const total = expected.bytes ?? promised ?? 0;
  let bytes = 0;
  onProgress({ phase: 'download', done: 0, total });
  if (response.body) {
    const reader = response.body.getReader();
    try {
      for (;;) {
        const { done, value } = await read(reader, bytes, signal);
        if (done) break;
        bytes += value.byteLength;
        if (total > 0 && bytes > total) throw wrongLength(bytes, total);
        hasher.update(value);
        await sink.write(value);
        onProgress({ phase: 'download', done: bytes, total });
      }
    } catch (error) {
      await reader.cancel().catch(() => undefined);
      throw error;
    }
  }
  if (total > 0 && bytes !== total) throw wrongLength(bytes, total);
  const sha256 = hasher.hex();
  if (expected.sha256 !== null && sha256 !== expected.sha256) {
    throw new TraitscopeError(
      'model.checksum',
      `the downloaded file is not the one the catalogue names (its SHA-256 is ${sha256}); it was thrown away`,
      { expected: expected.sha256, found: sha256 },
    );
  }
  return { bytes, sha256 };
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, cache: 'no-store' });
  } catch (error) {
    if (signal.aborted) throw cancelled();
    throw new TraitscopeError(
      'network.failed',
      `the model could not be fetched (${reason(error)}). Check the connection and try again`,
    );
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new TraitscopeError('network.status', `the server answered ${response.status} for the model file`, {
      status: response.status,
    });
  }
  return response;
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  bytes: number,
  signal: AbortSignal,
): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  try {
    const result = await reader.read();
    if (signal.aborted) throw cancelled();
    return result;
  } catch (error) {
    if (signal.aborted) throw cancelled();
    throw new TraitscopeError(
      'network.failed',
      `the connection broke after ${bytes} bytes (${reason(error)}). Try again`,
      { bytes },
    );
  }
}

/** The body's length, unless a content encoding makes the header speak of other bytes. */
function contentLength(response: Response): number | null {
  if (response.headers.get('content-encoding')) return null;
  const text = response.headers.get('content-length');
  if (text === null || !/^\d+$/.test(text)) return null;
  const length = Number(text);
  return Number.isSafeInteger(length) && length > 0 ? length : null;
}

function wrongLength(found: number, expected: number): TraitscopeError {
  return new TraitscopeError(
    'network.length',
    `the model file should have ${expected} bytes, the server gave ${found}. Try again`,
    { expected, found },
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
