import { stopped } from '../lib/errors';
import type { Progress } from '../types';
import { core } from './wasm';

const PIECE = 8 << 20;

/** SHA-256 of a file, read piece by piece so that it never lies in memory as a whole. */
export async function hashBlob(
  blob: Blob,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<string> {
  const { Sha256 } = await core();
  const hasher = new Sha256();
  for (let at = 0; at < blob.size; at += PIECE) {
    if (signal.aborted) throw stopped(signal);
    onProgress({ phase: 'verify', done: at, total: blob.size });
    hasher.update(new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer()));
  }
  onProgress({ phase: 'verify', done: blob.size, total: blob.size });
  return hasher.hex();
}

/** SHA-256 of a few bytes. */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const { Sha256 } = await core();
  const hasher = new Sha256();
  hasher.update(bytes);
  return hasher.hex();
}
