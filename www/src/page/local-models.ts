import {
  asError,
  type CatalogueEntry,
  type PartialModel,
  partialModels,
  removeStoredModel,
  type StoredModel,
  storedModels,
  type TraitscopeError,
} from '../lib/traitscope';
import { type StorageFacts, storageFacts } from './device-facts';
import type { Session } from './session';

/** The models kept on this computer, whole and in part, and the storage they are kept in. */
export class LocalModels {
  /** Whether it is known what there is. */
  found = false;
  stored: StoredModel[] = [];
  partial: PartialModel[] = [];
  /** Not measured yet: undefined; not told by the browser: null. */
  storage: StorageFacts | null | undefined;
  /** Whether the browser promised to keep them when the disk gets full; null where it makes no such promise. */
  lasting: boolean | null = null;
  /** Whether it was asked for that promise and did not give it. */
  refused = false;
  /** Why the last deletion failed. */
  error: TraitscopeError | null = null;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Looks what there is. */
  async find(): Promise<void> {
    const [stored, partial, storage, lasting] = await Promise.all([
      storedModels().catch(() => []),
      partialModels().catch(() => []),
      storageFacts(),
      promised(),
    ]);
    Object.assign(this, { stored, partial, storage, lasting, found: true });
    this.#changed();
  }

  /** Whether the file that the catalogue names is here. */
  has(entry: CatalogueEntry): boolean {
    return this.stored.some(model => isFileOf(model, entry));
  }

  /** Whether the loaded model is read from this one. */
  uses({ sha256 }: StoredModel, { file, model }: Pick<Session, 'file' | 'model'>): boolean {
    return file === null && model?.info.sha256 === sha256;
  }

  /** What there is of the file that the catalogue names. */
  partOf(entry: CatalogueEntry): PartialModel | null {
    return this.partial.find(part => isFileOf(part, entry)) ?? null;
  }

  /** Deletes a model, or the part that there is of one. */
  async remove(key: string): Promise<void> {
    this.error = null;
    try {
      await removeStoredModel(key);
    } catch (error) {
      this.error = asError(error);
    }
    await this.find();
  }

  /** Asks the browser to keep everything when the disk gets full. */
  async keep(): Promise<void> {
    const granted = await navigator.storage.persist().catch(() => false);
    this.lasting = granted;
    this.refused = !granted;
    this.#changed();
  }
}

/** Whether a file that is here, or a part of it, is the one that the catalogue names. */
export function isFileOf(file: { sha256: string | null; url: string }, entry: CatalogueEntry): boolean {
  return entry.sha256 === null ? file.url === entry.address : file.sha256 === entry.sha256;
}

async function promised(): Promise<boolean | null> {
  try {
    return await navigator.storage.persisted();
  } catch {
    return null;
  }
}
