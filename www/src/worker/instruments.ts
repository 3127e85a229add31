import { TraitscopeError } from '../lib/errors';
import { hashBytes } from './hash';
import type { KeptInstrument } from './protocol';
import { openFolder, removeFile, writeFile } from './storage';

/** Item files of the user's own that are to be there at the next visit. Each has its checksum and its name in the name of its file. */

const FOLDER = 'traitscope-instruments';
const MOST_BYTES = 64 << 20;
const MOST_FILES = 20;
const MOST_NAME = 60;

export async function list(): Promise<KeptInstrument[]> {
  const folder = await openFolder(FOLDER);
  if (typeof folder === 'string') return [];
  const found: KeptInstrument[] = [];
  for await (const [key, handle] of folder.entries()) {
    const parts = /^([0-9a-f]{64})\.(.+)$/.exec(key);
    if (!parts || handle.kind !== 'file') continue;
    const [, sha256 = '', name = ''] = parts;
    const { size } = await (handle as FileSystemFileHandle).getFile();
    found.push({ key, name, bytes: size, sha256 });
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

export async function keep(bytes: Uint8Array, name: string): Promise<KeptInstrument> {
  const folder = await opened();
  if (bytes.byteLength > MOST_BYTES) {
    throw new TraitscopeError('storage.limit', `files of at most ${MOST_BYTES >> 20} MB are kept`);
  }
  const sha256 = await hashBytes(bytes);
  const kept = { name: fileName(name), bytes: bytes.byteLength, sha256 };
  const key = `${sha256}.${kept.name}`;
  const others = (await list()).filter(other => other.key !== key);
  if (others.length >= MOST_FILES) {
    throw new TraitscopeError('storage.limit', `${MOST_FILES} files are kept already; remove one first`);
  }
  try {
    await writeFile(folder, key, bytes);
  } catch (error) {
    await removeFile(folder, key);
    throw unavailable(error instanceof Error ? error.message : String(error));
  }
  return { key, ...kept };
}

/** The bytes of a kept file, which are those that were kept. */
export async function read(key: string): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await opened();
  try {
    const file = await (await folder.getFileHandle(key)).getFile();
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (key.startsWith(await hashBytes(bytes))) return bytes;
  } catch {
    // Another tab removed it, or the browser did.
  }
  await removeFile(folder, key);
  throw new TraitscopeError(
    'storage.damaged',
    'the kept file is gone or damaged; open it from its place again',
  );
}

export async function remove(key: string): Promise<void> {
  const folder = await openFolder(FOLDER);
  if (typeof folder !== 'string') await removeFile(folder, key);
}

/** A name that every file system takes, with the ending that says of which kind the file is. */
export function fileName(name: string): string {
  return name.slice(-MOST_NAME).replaceAll(/[^\p{L}\p{N} ._()-]+/gu, '-') || 'items';
}

async function opened(): Promise<FileSystemDirectoryHandle> {
  const folder = await openFolder(FOLDER);
  if (typeof folder === 'string') throw unavailable(folder);
  return folder;
}

function unavailable(why: string): TraitscopeError {
  return new TraitscopeError(
    'storage.unavailable',
    `this browser cannot keep the file: ${why}. Free space, or leave private browsing`,
  );
}
