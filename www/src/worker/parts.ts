import type { Told } from './download';
import type { PartialModel, StoredModel } from './protocol';
import type { PartFile } from './sink';
import { PART_RECORD, removeFile, writeFile, writeSidecar } from './storage';

const PIECE = 8 << 20;

/** Whose file a part is the beginning of. */
export type PartOf = Pick<PartialModel, 'name' | 'url' | 'sha256'>;

/** What stands beside a partial file: without it, nobody knows what its bytes are the beginning of. */
interface PartRecord extends PartOf {
  file: string;
  told: Told;
}

/** The partial files that can be gone on with. */
export async function listParts(folder: FileSystemDirectoryHandle): Promise<PartialModel[]> {
  const found: PartialModel[] = [];
  for (const key of await keys(folder)) {
    const record = await readRecord(folder, key);
    const done = record ? await sizeOf(folder, record.file) : 0;
    if (!record || done === 0) continue;
    const { name, url, sha256, told } = record;
    found.push({ key, name, url, sha256, done, total: told.total, lasting: true });
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** The names of their files. */
export async function partFiles(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const records = await Promise.all((await keys(folder)).map(key => readRecord(folder, key)));
  return records.flatMap(record => (record ? [record.file] : []));
}

/** The partial file of that key, open for writing behind what it holds; null where there is none. */
export async function openPart(
  folder: FileSystemDirectoryHandle,
  key: string,
): Promise<{ part: Part; told: Told } | null> {
  const record = await readRecord(folder, key);
  if (!record) return null;
  try {
    const handle = await folder.getFileHandle(record.file);
    const access = await handle.createSyncAccessHandle();
    return { part: new Part(folder, key, handle, access), told: record.told };
  } catch {
    // Its bytes are gone, or in use.
    return null;
  }
}

/** A new file under a temporary name; it becomes a model by {@link Part.commit}. */
export async function createPart(folder: FileSystemDirectoryHandle, key: string): Promise<Part> {
  const name = `${key}.${Date.now().toString(36)}.part`;
  const handle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle();
  return new Part(folder, key, handle, access);
}

export async function removePart(folder: FileSystemDirectoryHandle, key: string): Promise<void> {
  const record = await readRecord(folder, key);
  await removeFile(folder, `${key}${PART_RECORD}`);
  if (record) await removeFile(folder, record.file);
}

/** A model file being written. */
export class Part implements PartFile {
  #folder: FileSystemDirectoryHandle;
  #key: string;
  #handle: FileSystemFileHandle;
  #access: FileSystemSyncAccessHandle;
  #size: number;

  constructor(
    folder: FileSystemDirectoryHandle,
    key: string,
    handle: FileSystemFileHandle,
    access: FileSystemSyncAccessHandle,
  ) {
    this.#folder = folder;
    this.#key = key;
    this.#handle = handle;
    this.#access = access;
    this.#size = access.getSize();
  }

  get size(): number {
    return this.#size;
  }

  /** Writes down what the file is the beginning of, so that it can be gone on with later. */
  async describe(of: PartOf, told: Told): Promise<void> {
    const record: PartRecord = { ...of, file: this.#handle.name, told };
    const bytes = new TextEncoder().encode(JSON.stringify(record));
    await writeFile(this.#folder, `${this.#key}${PART_RECORD}`, bytes);
  }

  write(chunk: Uint8Array): void {
    const written = this.#access.write(chunk, { at: this.#size });
    if (written !== chunk.byteLength) throw new Error('the storage is full');
    this.#size += written;
  }

  *contents(): Iterable<Uint8Array<ArrayBuffer>> {
    for (let at = 0; at < this.#size; at += PIECE) {
      const piece = new Uint8Array(Math.min(PIECE, this.#size - at));
      this.#access.read(piece, { at });
      yield piece;
    }
  }

  reset(): void {
    this.#access.truncate(0);
    this.#size = 0;
  }

  /** Closes the file, which stays as it is. */
  keep(): void {
    // A chunk that found no room may have left bytes behind the last that count.
    this.#access.truncate(this.#size);
    this.#access.flush();
    this.#access.close();
  }

  async discard(): Promise<void> {
    this.#access.close();
    await removeFile(this.#folder, `${this.#key}${PART_RECORD}`);
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
    await writeSidecar(this.#folder, stored, handle.name);
    await removeFile(this.#folder, `${this.#key}${PART_RECORD}`);
    return handle;
  }
}

async function keys(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const found: string[] = [];
  for await (const name of folder.keys()) {
    if (name.endsWith(PART_RECORD)) found.push(name.slice(0, -PART_RECORD.length));
  }
  return found;
}

async function sizeOf(folder: FileSystemDirectoryHandle, name: string): Promise<number> {
  try {
    return (await (await folder.getFileHandle(name)).getFile()).size;
  } catch {
    return 0;
  }
}

async function readRecord(folder: FileSystemDirectoryHandle, key: string): Promise<PartRecord | null> {
  try {
    const handle = await folder.getFileHandle(`${key}${PART_RECORD}`);
    const value = JSON.parse(await (await handle.getFile()).text()) as Partial<PartRecord>;
    const { name, url, sha256, file, told } = value;
    if (typeof name !== 'string' || typeof url !== 'string' || typeof file !== 'string') return null;
    if (!told || typeof told.version !== 'object' || told.version === null) return null;
    const { etag, modified } = told.version;
    return {
      name,
      url,
      file,
      sha256: typeof sha256 === 'string' ? sha256 : null,
      told: {
        version: { etag: textOf(etag), modified: textOf(modified) },
        total: typeof told.total === 'number' && told.total > 0 ? told.total : null,
      },
    };
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
