import { TraitscopeError } from '../lib/errors';
import type { LoadProgress, Notice } from '../types';
import { download, type Told } from './download';
import { exclusively, unlessTaken } from './exclusive';
import { hashBlob, hashBytes } from './hash';
import { createPart, listParts, openPart, type Part, partFiles, removePart } from './parts';
import type { PartialModel, SourceSpec, StoredModel } from './protocol';
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

type OnProgress = (progress: LoadProgress) => void;
type UrlSource = Extract<SourceSpec, { kind: 'url' }>;

/** A download that is to be done, or gone on with. */
interface Order {
  key: string;
  source: UrlSource;
  onProgress: OnProgress;
  signal: AbortSignal;
}

/** A download under way or paused: what has come, and where it goes. */
interface Begun {
  sink: ModelSink;
  /** The file, where it goes to storage. */
  part: Part | null;
  told: Told | null;
}

/** Downloads that go to memory and were paused, by key. */
const inMemory = new Map<string, { begun: Begun; source: UrlSource }>();
/** What this worker downloads now. */
const underWay = new Set<string>();

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
  const key = await storageKey(source);
  const order = { key, source, onProgress, signal };
  if (typeof folder === 'string') return fetchModel(order, toMemory(order, folder), null);
  const kept = await fromStorage(folder, order);
  if (kept) return kept;
  return exclusively(
    key,
    signal,
    () => reportOther(folder, order),
    async waited => {
      // Perhaps the other tab has brought it.
      const brought = waited ? await fromStorage(folder, order) : null;
      if (brought) return brought;
      await storage.cleanUp(folder, await partFiles(folder));
      return fetchModel(order, await begin(folder, order), folder);
    },
  );
}

/** Removes from storage what came from an address and turned out to be no model that can be used. */
export async function forget(source: SourceSpec): Promise<void> {
  // What the catalogue names is the right file, whatever this program makes of it.
  if (source.kind === 'file' || source.sha256 !== null) return;
  const folder = await storage.openFolder();
  if (typeof folder !== 'string') await storage.remove(folder, await storageKey(source));
}

/** The downloads that can be gone on with. */
export async function partial(): Promise<PartialModel[]> {
  const folder = await storage.openFolder();
  const stored = typeof folder === 'string' ? [] : await listParts(folder);
  const held = [...inMemory].map(([key, { begun, source }]): PartialModel => {
    const { name, url, sha256, bytes } = source;
    const total = bytes ?? begun.told?.total ?? null;
    return { key, name, url, sha256, done: begun.sink.size, total, lasting: false };
  });
  return [...stored, ...held].filter(({ key }) => !underWay.has(key));
}

/**
 * Deletes a model, and what there is of it where its download did not come to its end. `storage.busy` while another tab
 * downloads it.
 */
export async function remove(key: string): Promise<void> {
  inMemory.delete(key);
  const folder = await storage.openFolder();
  if (typeof folder === 'string') return;
  const removed = await unlessTaken(key, async () => {
    await removePart(folder, key);
    await storage.remove(folder, key);
  });
  if (!removed) {
    throw new TraitscopeError(
      'storage.busy',
      'this model is being downloaded in another tab; pause or cancel that first, then delete it',
    );
  }
}

/** A known file is the same wherever it comes from; an unknown one is told by its address. */
async function storageKey(source: UrlSource): Promise<string> {
  return source.sha256 ?? `url-${(await hashBytes(new TextEncoder().encode(source.url))).slice(0, 32)}`;
}

async function fromStorage(
  folder: FileSystemDirectoryHandle,
  { key, onProgress, signal }: Order,
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

/** How far the tab is that this one waits for. */
async function reportOther(folder: FileSystemDirectoryHandle, { key, source, onProgress }: Order) {
  const other = (await listParts(folder)).find(part => part.key === key);
  onProgress({ phase: 'elsewhere', done: other?.done ?? 0, total: source.bytes ?? other?.total ?? 0 });
}

/** Where the bytes go: behind those that are there, else to a new file, else to memory. */
async function begin(folder: FileSystemDirectoryHandle, order: Order): Promise<Begun> {
  const { key, source } = order;
  if (inMemory.has(key)) return toMemory(order);
  const open = await openPart(folder, key);
  if (open) return { sink: new ModelSink(open.part), ...open };
  if (source.bytes !== null && !(await storage.fits(source.bytes))) {
    return toMemory(order, 'there is not enough space');
  }
  try {
    const part = await createPart(folder, key);
    return { sink: new ModelSink(part), part, told: null };
  } catch (error) {
    return toMemory(order, error instanceof Error ? error.message : String(error));
  }
}

function toMemory({ key }: Order, reason = ''): Begun {
  return inMemory.get(key)?.begun ?? { sink: new ModelSink(null, reason), part: null, told: null };
}

async function fetchModel(
  order: Order,
  begun: Begun,
  folder: FileSystemDirectoryHandle | null,
): Promise<Acquired> {
  const { key, source, onProgress, signal } = order;
  const { Sha256 } = await core();
  const { sink, part } = begun;
  underWay.add(key);
  try {
    const { bytes, sha256, notice } = await download({
      url: source.url,
      expected: source,
      target: sink,
      told: begun.told,
      newHasher: () => new Sha256(),
      onTold: async told => {
        begun.told = told;
        // Without its record a part cannot be gone on with later, which is no reason to stop now.
        if (part && !sink.notice) await part.describe(source, told).catch(() => undefined);
      },
      onProgress,
      signal,
    });
    inMemory.delete(key);
    const restarted = notice ? [notice] : [];
    if (!part || !folder || sink.notice) {
      const notices = sink.notice ? [...restarted, sink.notice] : restarted;
      return { bytes: sink.blob() ?? new Blob(), sha256, fromStorage: false, notices };
    }
    const date = new Date().toISOString();
    const stored: StoredModel = { key, name: source.name, bytes, sha256, url: source.url, date };
    const handle = await part.commit(stored);
    const opened = await storage.openForReading(handle);
    return { bytes: opened, sha256, fromStorage: false, notices: restarted };
  } catch (error) {
    throw await settle(order, begun, error);
  } finally {
    underWay.delete(key);
  }
}

/** After a download that did not come to its end: keeps what can be gone on with, throws away the rest. */
async function settle({ key, source }: Order, begun: Begun, error: unknown): Promise<unknown> {
  const { sink, part } = begun;
  inMemory.delete(key);
  const lasting = part !== null && !sink.notice;
  if (!(error instanceof TraitscopeError) || sink.size === 0 || !KEEPING.has(error.code)) {
    if (lasting) await part.discard();
    return error;
  }
  if (lasting) part.keep();
  else inMemory.set(key, { begun: { ...begun, part: null }, source });
  if (error.code === 'run.paused') return error;
  const words = `${error.message}. What was downloaded is kept, so that the download can be gone on with`;
  return new TraitscopeError(error.code, words, error.detail);
}

/** The ends of a download after which it may be gone on with. */
const KEEPING = new Set(['run.paused', 'network.failed', 'network.refused', 'network.status']);
