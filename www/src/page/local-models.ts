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
  has({ sha256 }: CatalogueEntry): boolean {
    return this.stored.some(model => model.sha256 === sha256);
  }

  /** What there is of the file that the catalogue names. */
  partOf({ sha256 }: CatalogueEntry): PartialModel | null {
    return this.partial.find(part => part.sha256 === sha256) ?? null;
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

async function promised(): Promise<boolean | null> {
  try {
    return await navigator.storage.persisted();
  } catch {
    return null;
  }
}
