import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ModelInfo, TraitArtefact, TraitVectors } from '../types';
import { latestFirst } from './ids';
import { type PackedVectors, packed, unpacked } from './packed-vectors';
import { identityOf, type KeptModel, sameModel } from './same-model';
import type { Session } from './session';

/** A direction of the visitor's own: the model that it was made with or opened for, and its trait. */
export interface OwnHead {
  /** The same for the same trait of the same model. */
  id: string;
  date: string;
  model: KeptModel;
  trait: string;
}

/** What it is, with the texts that it was made of as far as they are known. */
export interface OwnDirection {
  vectors: TraitVectors;
  texts: TraitArtefact | null;
}

interface Packed {
  vectors: PackedVectors;
  texts: TraitArtefact | null;
}

interface Schema extends DBSchema {
  heads: { key: string; value: OwnHead };
  values: { key: string; value: Packed };
}

/**
 * Directions of the visitor's own, kept in the browser's storage until they are deleted. What the storage does not take is told, and is here
 * until the page is left.
 */
export class OwnDirections {
  /** The latest first. */
  all: OwnHead[] = [];
  /** Those that were deleted in this visit and can be had back. */
  deleted: (OwnHead & { value: Packed })[] = [];
  /** What the storage did not take. */
  #held = new Map<string, { head: OwnHead; value: Packed }>();
  #database: Promise<IDBPDatabase<Schema>> | null = null;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Whether there is any that goes with the page. */
  get passing(): boolean {
    return this.#held.size > 0;
  }

  /** Lists what there is; what this page does not know as a direction is left alone. */
  async find(): Promise<void> {
    const stored = (await this.#try(database => database.getAll('heads'))) ?? [];
    const held = [...this.#held.values()].map(({ head }) => head);
    const known = stored.filter(head => isHead(head) && !this.#held.has(head.id));
    this.all = latestFirst([...held, ...known]);
    this.#session.changed();
  }

  /** Those of other models, by model. */
  waiting(loaded: ModelInfo | null): { model: KeptModel; heads: OwnHead[] }[] {
    const groups: { model: KeptModel; heads: OwnHead[] }[] = [];
    for (const head of this.all) {
      if (loaded && sameModel(head.model, loaded)) continue;
      const group = groups.find(({ model }) => sameModel(model, head.model));
      if (group) group.heads.push(head);
      else groups.push({ model: head.model, heads: [head] });
    }
    return groups;
  }

  /** Keeps directions of a model, each in the place of one of the same trait. */
  async keep(info: ModelInfo, directions: OwnDirection[]): Promise<void> {
    const model = identityOf(info);
    for (const { vectors, texts } of directions) {
      const { trait } = vectors;
      const id = JSON.stringify([model.sha256 ?? [model.name, model.bytes], trait]);
      const head = { id, date: new Date().toISOString(), model, trait };
      const value = { vectors: packed(vectors), texts };
      this.deleted = this.deleted.filter(one => one.id !== id);
      await this.#put(head, value);
    }
    await this.find();
  }

  /** Those of a model that can be read. */
  async of(model: ModelInfo): Promise<OwnDirection[]> {
    await this.find();
    return this.read(
      this.all.filter(head => sameModel(head.model, model)),
      model,
    );
  }

  /** What directions are; those that cannot be read, or are of another form than the model's, are left out. */
  async read(heads: OwnHead[], model: ModelInfo | null = null): Promise<OwnDirection[]> {
    const found: OwnDirection[] = [];
    for (const { id } of heads) {
      const value = this.#held.get(id)?.value ?? (await this.#try(database => database.get('values', id)));
      const vectors = value && unpacked(value.vectors, model);
      if (vectors) found.push({ vectors, texts: value.texts ?? null });
    }
    return found;
  }

  /** Deletes a direction, which can be had back as long as the page stays open. */
  async delete(head: OwnHead): Promise<void> {
    const { id } = head;
    const value = this.#held.get(id)?.value ?? (await this.#try(database => database.get('values', id)));
    await this.#remove([head]);
    if (value) this.deleted = [...this.deleted, { ...head, value }];
    await this.find();
  }

  /** Has one of those back. */
  async undo({ value, ...head }: OwnHead & { value: Packed }): Promise<void> {
    this.deleted = this.deleted.filter(one => one.id !== head.id);
    await this.#put(head, value);
    await this.find();
  }

  /** Deletes all of them for good. */
  async deleteAll(): Promise<void> {
    this.deleted = [];
    await this.#remove(this.all);
    await this.find();
  }

  async #put(head: OwnHead, value: Packed): Promise<void> {
    try {
      const writing = (await this.#open()).transaction(['heads', 'values'], 'readwrite');
      await Promise.all([
        writing.objectStore('heads').put(head),
        writing.objectStore('values').put(value, head.id),
        writing.done,
      ]);
      this.#held.delete(head.id);
    } catch (error) {
      this.#held.set(head.id, { head, value });
      this.#session.unkept.add(error);
    }
  }

  async #remove(heads: OwnHead[]): Promise<void> {
    for (const { id } of heads) this.#held.delete(id);
    await this.#try(async database => {
      const writing = database.transaction(['heads', 'values'], 'readwrite');
      for (const { id } of heads) {
        await writing.objectStore('heads').delete(id);
        await writing.objectStore('values').delete(id);
      }
      await writing.done;
    });
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>('traitscope-directions', 1, {
      upgrade(database) {
        database.createObjectStore('heads', { keyPath: 'id' });
        database.createObjectStore('values');
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return this.#database;
  }

  /** Where storage is full or gone there is nothing to look up, and that stops nothing. */
  async #try<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> {
    try {
      return await work(await this.#open());
    } catch {
      return null;
    }
  }
}

function isHead({ id, date, trait, model }: OwnHead): boolean {
  const texts = [id, date, trait, model?.name];
  return texts.every(text => typeof text === 'string') && typeof model.bytes === 'number';
}
