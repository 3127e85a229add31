import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Words } from '../i18n';
import { openFiles } from './open-files';
import { saveText } from './save';
import type { Session } from './session';

/** As many results are kept; older ones make room. */
export const MOST_EARLIER = 10;

/** A result as it is saved. */
export interface Saved {
  /** When it was begun, ISO 8601. */
  date: string;
  /** The name of the test or study that it is of; of a study of one direction, the trait. */
  what: string;
  /** A test that was stopped, or which study of one direction; none for what goes by its name alone. */
  kind?: 'stopped' | keyof Words['kept']['studies'];
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
  #database: Promise<IDBPDatabase<Schema>> | null = null;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Lists what there is. */
  async find(): Promise<void> {
    const heads = (await this.#try(database => database.getAll('heads'))) ?? [];
    this.all = heads.sort((a, b) => b.date.localeCompare(a.date));
    this.#session.changed();
  }

  /** Keeps a result, in the place of what it went on with. */
  async keep(result: Saved): Promise<void> {
    const { text, ...head } = result;
    try {
      const database = await this.#open();
      const writing = database.transaction(['heads', 'texts'], 'readwrite');
      const [dates] = await Promise.all([
        writing.objectStore('heads').getAllKeys(),
        writing.objectStore('heads').put(head),
        writing.objectStore('texts').put(text, head.date),
        writing.done,
      ]);
      const all = [...new Set([...dates, head.date])].sort();
      await this.remove(all.slice(0, -MOST_EARLIER));
    } catch (error) {
      this.#session.unkept.add(error, result);
    }
  }

  /** Opens a result here, or hands it to the browser as a download where the page does not read it. */
  async open({ date, name, opens }: Head): Promise<void> {
    const text = await this.#try(database => database.get('texts', date));
    if (text === null || text === undefined) return this.find();
    if (opens) await openFiles(this.#session, [new File([text], name)]);
    else saveText(name, 'application/json', text);
  }

  async remove(dates: string[]): Promise<void> {
    await this.#try(async database => {
      const writing = database.transaction(['heads', 'texts'], 'readwrite');
      for (const date of dates) {
        await writing.objectStore('heads').delete(date);
        await writing.objectStore('texts').delete(date);
      }
      await writing.done;
    });
    await this.find();
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>('traitscope-results', 1, {
      upgrade(database) {
        database.createObjectStore('heads', { keyPath: 'date' });
        database.createObjectStore('texts');
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
