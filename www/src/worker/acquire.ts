import type { Notice, Progress } from '../types';
import { download } from './download';
import { hashBlob, hashBytes } from './hash';
import type { SourceSpec, StoredModel } from './protocol';
import { ModelSink } from './sink';
import * as storage from './storage';
import { core } from './wasm';

/** A model's bytes, checked and ready to be read. */
export interface Acquired {
  bytes: FileSystemSyncAccessHandle | Blob;
  sha256: string;
  fromStorage: boolean;
  notices: Notice[];
}

type OnProgress = (progress: Progress) => void;

/** Brings a model's bytes to where the core can read them: from the file, from storage, or over the network. */
export async function acquire(
  source: SourceSpec,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Acquired> {
  if (source.kind === 'file') {
    const sha256 = await hashBlob(source.file, onProgress, signal);
    return { bytes: source.file, sha256, fromStorage: false, notices: [] };
  }
  const folder = await storage.openFolder();
  if (typeof folder === 'string') return toMemory(source, folder, onProgress, signal);
  const key = await storageKey(source);
  const kept = await fromStorage(folder, key, onProgress, signal);
  if (kept) return kept;
  await storage.cleanUp(folder);
  if (source.bytes !== null && !(await storage.fits(source.bytes))) {
    return toMemory(source, 'there is not enough space', onProgress, signal);
  }
  return toStorage(folder, key, source, onProgress, signal);
}

/** Removes from storage what came from an address and turned out to be no model that can be used. */
export async function forget(source: SourceSpec): Promise<void> {
  // What the catalogue names is the right file, whatever this program makes of it.
  if (source.kind === 'file' || source.sha256 !== null) return;
  const folder = await storage.openFolder();
  if (typeof folder !== 'string') await storage.remove(folder, await storageKey(source));
}

type UrlSource = Extract<SourceSpec, { kind: 'url' }>;

/** A known file is the same wherever it comes from; an unknown one is told by its address. */
async function storageKey(source: UrlSource): Promise<string> {
  return source.sha256 ?? `url-${(await hashBytes(new TextEncoder().encode(source.url))).slice(0, 32)}`;
}

async function fromStorage(
  folder: FileSystemDirectoryHandle,
  key: string,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Acquired | null> {
  const found = await storage.find(folder, key);
  if (!found) return null;
  const sha256 = await hashBlob(await found.handle.getFile(), onProgress, signal);
  if (sha256 !== found.stored.sha256) {
    await storage.remove(folder, key);
    return null;
  }
  return { bytes: await storage.openForReading(found.handle), sha256, fromStorage: true, notices: [] };
}

async function toMemory(
  source: UrlSource,
  reason: string,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Acquired> {
  const { Sha256 } = await core();
  const sink = new ModelSink(null, reason);
  const { sha256 } = await download(source.url, source, sink, new Sha256(), onProgress, signal);
  return inMemory(sink, sha256);
}

async function toStorage(
  folder: FileSystemDirectoryHandle,
  key: string,
  source: UrlSource,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Acquired> {
  const { Sha256 } = await core();
  let part: storage.Part;
  try {
    part = await storage.createPart(folder, key);
  } catch (error) {
    return toMemory(source, error instanceof Error ? error.message : String(error), onProgress, signal);
  }
  const sink = new ModelSink(part);
  let result: { bytes: number; sha256: string };
  try {
    result = await download(source.url, source, sink, new Sha256(), onProgress, signal);
  } catch (error) {
    if (!sink.notice) await part.discard();
    throw error;
  }
  if (sink.notice) return inMemory(sink, result.sha256);
  const stored: StoredModel = {
    key,
    name: source.name,
    bytes: result.bytes,
    sha256: result.sha256,
    url: source.url,
    date: new Date().toISOString(),
  };
  const handle = await part.commit(stored);
  const bytes = await storage.openForReading(handle);
  return { bytes, sha256: result.sha256, fromStorage: false, notices: [] };
}

function inMemory(sink: ModelSink, sha256: string): Acquired {
  const bytes = sink.blob() ?? new Blob();
  return { bytes, sha256, fromStorage: false, notices: sink.notice ? [sink.notice] : [] };
}
