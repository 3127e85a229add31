import type { StoredModel } from './protocol';
import type { PartFile } from './sink';

const FOLDER = 'traitscope-models';
const PIECE = 8 << 20;

interface Sidecar extends StoredModel {
  /** The data file's name; it says `.part` only where the browser cannot rename. */
  file: string;
}

/** A folder in the origin's private file system, that of the models unless told otherwise, or why there is none. */
export async function openFolder(name = FOLDER): Promise<FileSystemDirectoryHandle | string> {
  if (!navigator.storage?.getDirectory) return 'it has no private file storage here';
  if (self.origin === 'null') return 'it has no private file storage for a page that is opened from a file';
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(name, { create: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether `bytes` more are within the quota; unknown counts as yes, since writing tells. */
export async function fits(bytes: number): Promise<boolean> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined || quota - usage >= bytes;
  } catch {
    return true;
  }
}

/** The complete models. A sidecar is written last, so what has none is not complete. */
export async function list(folder: FileSystemDirectoryHandle): Promise<StoredModel[]> {
  const found: StoredModel[] = [];
  for await (const name of folder.keys()) {
    if (!name.endsWith('.json')) continue;
    const sidecar = await readSidecar(folder, name.slice(0, -'.json'.length));
    if (sidecar) found.push(publicPart(sidecar));
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** The stored file of that key, where it is complete. */
export async function find(
  folder: FileSystemDirectoryHandle,
  key: string,
): Promise<{ stored: StoredModel; handle: FileSystemFileHandle } | null> {
  const sidecar = await readSidecar(folder, key);
  if (!sidecar) return null;
  try {
    const handle = await folder.getFileHandle(sidecar.file);
    const file = await handle.getFile();
    if (file.size === sidecar.bytes) return { stored: publicPart(sidecar), handle };
  } catch {
    // The data is gone while its sidecar is still there.
  }
  await remove(folder, key);
  return null;
}

/** Removes a model; a file that another tab holds open stays until the next clean-up. */
export async function remove(folder: FileSystemDirectoryHandle, key: string): Promise<void> {
  const sidecar = await readSidecar(folder, key);
  await removeFile(folder, `${key}.json`);
  if (sidecar) await removeFile(folder, sidecar.file);
}

/** Removes what interrupted downloads left behind. Files in use are locked by the browser and stay. */
export async function cleanUp(folder: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  const kept = new Set<string>();
  for (const name of names.filter(name => name.endsWith('.json'))) {
    const sidecar = await readSidecar(folder, name.slice(0, -'.json'.length));
    if (sidecar) kept.add(sidecar.file);
  }
  for (const name of names) if (!name.endsWith('.json') && !kept.has(name)) await removeFile(folder, name);
}

/** A new file under a temporary name; it becomes a model by {@link Part.commit}. */
export async function createPart(folder: FileSystemDirectoryHandle, key: string): Promise<Part> {
  const name = `${key}.${Date.now().toString(36)}.part`;
  const handle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle();
  return new Part(folder, handle, access);
}

/** A model file being written. */
export class Part implements PartFile {
  #folder: FileSystemDirectoryHandle;
  #handle: FileSystemFileHandle;
  #access: FileSystemSyncAccessHandle;
  #size = 0;

  constructor(
    folder: FileSystemDirectoryHandle,
    handle: FileSystemFileHandle,
    access: FileSystemSyncAccessHandle,
  ) {
    this.#folder = folder;
    this.#handle = handle;
    this.#access = access;
  }

  write(chunk: Uint8Array): void {
    const written = this.#access.write(chunk, { at: this.#size });
    if (written !== chunk.byteLength) throw new Error('the storage is full');
    this.#size += written;
  }

  contents(): Uint8Array<ArrayBuffer>[] {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at < this.#size; at += PIECE) {
      const piece = new Uint8Array(Math.min(PIECE, this.#size - at));
      this.#access.read(piece, { at });
      pieces.push(piece);
    }
    return pieces;
  }

  async discard(): Promise<void> {
    this.#access.close();
    await removeFile(this.#folder, this.#handle.name);
  }

  /** Gives the verified file its name and writes its sidecar. */
  async commit(stored: StoredModel): Promise<FileSystemFileHandle> {
    this.#access.flush();
    this.#access.close();
    let handle = this.#handle;
    const name = `${stored.key}.gguf`;
    if (handle.move) {
      try {
        await removeFile(this.#folder, name);
        await handle.move(name);
        handle = await this.#folder.getFileHandle(name);
      } catch {
        // Another tab holds the old file: this one keeps its temporary name.
        handle = this.#handle;
      }
    }
    const sidecar = new TextEncoder().encode(JSON.stringify({ ...stored, file: handle.name }));
    await writeFile(this.#folder, `${stored.key}.json`, sidecar);
    return handle;
  }
}

/** A handle for reading, or the file as a Blob where another tab has the handle. */
export async function openForReading(
  handle: FileSystemFileHandle,
): Promise<FileSystemSyncAccessHandle | File> {
  try {
    return await handle.createSyncAccessHandle({ mode: 'read-only' });
  } catch {
    return await handle.getFile();
  }
}

/** Writes a file whole. */
export async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(0);
    if (access.write(bytes, { at: 0 }) !== bytes.byteLength) throw new Error('the storage is full');
    access.flush();
  } finally {
    access.close();
  }
}

async function readSidecar(folder: FileSystemDirectoryHandle, key: string): Promise<Sidecar | null> {
  try {
    const handle = await folder.getFileHandle(`${key}.json`);
    const value = JSON.parse(await (await handle.getFile()).text()) as Partial<Sidecar>;
    const { name, bytes, sha256, url, date, file } = value;
    if (typeof name !== 'string' || typeof bytes !== 'number' || typeof sha256 !== 'string') return null;
    if (typeof url !== 'string' || typeof date !== 'string' || typeof file !== 'string') return null;
    return { key, name, bytes, sha256, url, date, file };
  } catch {
    return null;
  }
}

export async function removeFile(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name);
  } catch {
    // Not there, or in use by another tab.
  }
}

function publicPart({ key, name, bytes, sha256, url, date }: Sidecar): StoredModel {
  return { key, name, bytes, sha256, url, date };
}
