import { type DBSchema, type IDBPDatabase, openDB, unwrap } from 'idb';
import { identify, latestFirst } from './ids';
import { openFiles } from './open-files';
import type { RecordKind } from './records';
import { saveText } from './save';
import type { Session } from './session';

/** As many tests are kept, and as many studies; older ones make room for their own kind, so that no quick test takes the place of long work. */
export const MOST_EARLIER = 10;

/** A result as it is saved. */
export interface Saved {
  id: string;
  /** When it was begun, ISO 8601. */
  date: string;
  /** The name of the test or study that it is of; of a study of one direction, the trait. */
  what: string;
  /** A test that was stopped, a study of many settings, or which study of one direction; none for a test that is whole. */
  kind?: 'stopped' | 'settings' | RecordKind;
  model: string;
  /** Of the file. */
  name: string;
  /** JSON, as the page saves it. */
  text: string;
  /** Whether the page reads it again; the others are for other programs. */
  opens: boolean;
}

type Head = Omit<Saved, 'text'>;

interface Schema extends DBSchema {
  heads: { key: string; value: Head };
  texts: { key: string; value: string };
}

/** The last results, kept in the browser's storage, so that closing the page loses none. What storage does not take is told. */
export class Earlier {
  /** The latest first. */
  all: Head[] = [];
  /** Those that were deleted in this visit and can be had back. */
  deleted: Saved[] = [];
  #database: Promise<IDBPDatabase<Schema>> | null = null;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Lists what there is. */
  async find(): Promise<void> {
    const heads = (await this.#try(database => database.getAll('heads'))) ?? [];
    this.all = latestFirst(heads);
    this.#session.changed();
  }

  /** Keeps a result, in the place of what it went on with. */
  async keep(result: Saved): Promise<void> {
    try {
      const database = await this.#open();
      await put(database, result);
      const all = await database.getAll('heads');
      await this.#remove(tooMany(all).map(({ id }) => id));
      await this.find();
    } catch (error) {
      this.#session.unkept.add(error, result);
    }
  }

  /** Opens a result here, or hands it to the browser as a download where the page does not read it. */
  async open({ id, name, opens }: Head): Promise<void> {
    const text = await this.#try(database => database.get('texts', id));
    if (text === null || text === undefined) return this.find();
    if (opens) await openFiles(this.#session, [new File([text], name)]);
    else saveText(name, 'application/json', text);
  }

  /** Deletes a result, which can be had back as long as the page stays open. */
  async delete(id: string): Promise<void> {
    const [deleted] = await this.#remove([id]);
    if (deleted) this.deleted = [...this.deleted, deleted];
    await this.find();
  }

  /** Has one of those back; whether that could be done. */
  async undo(result: Saved): Promise<boolean> {
    let back = false;
    try {
      await put(await this.#open(), result);
      this.deleted = this.deleted.filter(each => each !== result);
      back = true;
    } catch (error) {
      this.#session.unkept.add(error, result);
    }
    await this.find();
    return back;
  }

  /** Deletes all of them for good, with what could be had back. */
  async deleteAll(): Promise<void> {
    this.deleted = [];
    await this.#remove(this.all.map(({ id }) => id));
    await this.find();
  }

  /** Deletes results; those that there were. */
  async #remove(ids: string[]): Promise<Saved[]> {
    const removed = await this.#try(async database => {
      const writing = database.transaction(['heads', 'texts'], 'readwrite');
      const heads = writing.objectStore('heads');
      const texts = writing.objectStore('texts');
      const found: Saved[] = [];
      for (const id of ids) {
        const [head, text] = await Promise.all([heads.get(id), texts.get(id)]);
        if (head && text !== undefined) found.push({ ...head, text });
        await Promise.all([heads.delete(id), texts.delete(id)]);
      }
      await writing.done;
      return found;
    });
    return removed ?? [];
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>('traitscope-results', 2, {
      upgrade(database, before, _now, transaction) {
        if (before === 0) database.createObjectStore('texts');
        identify(unwrap(transaction), before === 1);
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return this.#database;
  }

  /** Where storage is full or gone there is nothing to look up, and that stops nothing. */
  async #try<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> {
    return this.#open()
      .then(work)
      .catch(() => null);
  }
}

/** Those that make room. */
export function tooMany(all: Head[]): Head[] {
  const tests = latestFirst(all).filter(head => !isStudy(head));
  const studies = latestFirst(all).filter(isStudy);
  return [...tests.slice(MOST_EARLIER), ...studies.slice(MOST_EARLIER)];
}

/** Whether it is of a study. One of many settings that an earlier form of the page kept is told by the name of its file. */
function isStudy({ kind, name }: Head): boolean {
  return kind === undefined ? name.startsWith('traitscope-study-') : kind !== 'stopped';
}

async function put(database: IDBPDatabase<Schema>, { text, ...head }: Saved): Promise<void> {
  const writing = database.transaction(['heads', 'texts'], 'readwrite');
  await Promise.all([
    writing.objectStore('heads').put(head),
    writing.objectStore('texts').put(text, head.id),
    writing.done,
  ]);
}
