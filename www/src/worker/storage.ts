import type { StoredModel } from './protocol';

const FOLDER = 'traitscope-models';
/** How the records of partial files end (see `parts.ts`). */
export const PART_RECORD = '.part.json';

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
    if (!name.endsWith('.json') || name.endsWith(PART_RECORD)) continue;
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

/** Removes the files that belong neither to a complete model nor to `parts`. Files in use are locked by the browser and stay. */
export async function cleanUp(folder: FileSystemDirectoryHandle, parts: Iterable<string>): Promise<void> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  const kept = new Set<string>(parts);
  for (const name of names.filter(name => name.endsWith('.json') && !name.endsWith(PART_RECORD))) {
    const sidecar = await readSidecar(folder, name.slice(0, -'.json'.length));
    if (sidecar) kept.add(sidecar.file);
  }
  for (const name of names) if (!name.endsWith('.json') && !kept.has(name)) await removeFile(folder, name);
}

/** Says that the file of that name is a complete model. */
export async function writeSidecar(
  folder: FileSystemDirectoryHandle,
  stored: StoredModel,
  file: string,
): Promise<void> {
  const sidecar = new TextEncoder().encode(JSON.stringify({ ...stored, file }));
  await writeFile(folder, `${stored.key}.json`, sidecar);
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
