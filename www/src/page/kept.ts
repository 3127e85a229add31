import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB, unwrap } from 'idb';
import { type Identified, identify, latestFirst } from './ids';

interface Schema extends DBSchema {
  heads: { key: string; value: Identified };
  parts: { key: number; value: { of: string; parts: unknown[] }; indexes: { of: string } };
}

/** All that is kept of one piece of work. */
export interface Whole<Head, Part> {
  head: Head;
  parts: Part[];
}

/** Parts are written this long after the first of them, in milliseconds: a crash loses no more than that. */
const DELAY = 500;

/** As much work that was left is kept; what is older makes room. */
const MOST_LEFT = 10;

/**
 * Work in the browser's own storage, part by part, so that it survives a reload, a crash of the tab or a lost device: a head that says
 * what it is, and the parts that are done. Where there is no storage nothing is kept, which is told, and all else works.
 */
export class Kept<Head extends Identified, Part> {
  readonly #name: string;
  readonly #unkept: (reason: unknown) => void;
  readonly #reads: (head: Head) => boolean;
  #open: Promise<IDBPDatabase<Schema>>;
  #current: string | null = null;
  #waiting: Part[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #release: () => void = () => undefined;

  /**
   * `name` is that of the database, one for each kind of work; `unkept` hears why something was not kept, and `reads` says of a head whether
   * this page knows what it is: others are left alone.
   */
  constructor(name: string, unkept: (reason: unknown) => void, reads: (head: Head) => boolean = () => true) {
    this.#name = name;
    this.#unkept = unkept;
    this.#reads = reads;
    this.#open = new Promise((resolve, reject) => {
      openDB<Schema>(name, 3, {
        upgrade(database, before, _now, transaction) {
          if (before < 2) {
            // What the first form of this page left is not read any more.
            for (const former of [...database.objectStoreNames]) database.deleteObjectStore(former);
            database.createObjectStore('parts', { autoIncrement: true }).createIndex('of', 'of');
          }
          identify(unwrap(transaction), before === 2);
        },
        // A tab with an earlier form of the page holds it; nothing waits for that.
        blocked: () => reject(new Error('another tab has an earlier form of this page')),
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      }).then(resolve, reject);
    });
    this.#open.catch(() => undefined);
  }

  /**
   * The last work that was left by every tab, and how much other there is, which comes once this is finished or forgotten. Where tabs cannot
   * tell each other what they are at (there are no locks on a page from plain http), nothing is tidied away, since another tab may be at it.
   */
  async find(): Promise<(Whole<Head, Part> & { others: number }) | null> {
    return this.#ifPossible(async database => {
      const locks = await navigator.locks?.query();
      const held = new Set(locks?.held?.map(({ name }) => name));
      const known = (await database.getAll('heads')).filter(
        head => typeof head.date === 'string' && this.#reads(head as Head),
      );
      const left = latestFirst(known).filter(({ id }) => id !== this.#current && !held.has(this.#lockOf(id)));
      // What was left before its first part can be begun again.
      const begun: Identified[] = [];
      const empty: Identified[] = [];
      for (const head of left) {
        const parts = await database.countFromIndex('parts', 'of', head.id);
        (parts > 0 ? begun : empty).push(head);
      }
      const tidied = [...empty, ...begun.slice(MOST_LEFT)];
      if (locks) for (const { id } of tidied) await this.#remove(database, id);
      const [last, ...others] = begun.slice(0, MOST_LEFT);
      if (!last) return null;
      const stored = await database.getAllFromIndex('parts', 'of', last.id);
      return { head: last as Head, parts: partsOf(stored), others: others.length };
    });
  }

  /** Nothing more is to be kept of work that was left; what there was of it, unless another tab is at it or has forgotten it. */
  async giveUp(id: string): Promise<Whole<Head, Part> | null> {
    return this.#ifPossible(async database => {
      const locks = await navigator.locks?.query();
      if (locks?.held?.some(({ name }) => name === this.#lockOf(id))) return null;
      const head = await database.get('heads', id);
      const stored = await database.getAllFromIndex('parts', 'of', id);
      await this.#remove(database, id);
      return head ? { head: head as Head, parts: partsOf(stored) } : null;
    });
  }

  /** Keeps work again that was given up; whether that could be done. */
  async putBack({ head, parts }: Whole<Head, Part>): Promise<boolean> {
    return (await this.#keeping(database => keepWhole(database, head, parts))) === true;
  }

  /**
   * Work begins, with the parts that it has from before. Of work that is gone on with they take the place of what is here, all at once, so
   * that whatever happens meanwhile either of both is here.
   */
  async begin(head: Head, parts: Part[]): Promise<void> {
    await this.pause();
    await this.#keeping(async database => {
      await keepWhole(database, head, parts);
      // Parts without a head would never be found.
      this.#current = head.id;
      void navigator.locks?.request(
        this.#lockOf(head.id),
        () =>
          new Promise<void>(resolve => {
            this.#release = resolve;
          }),
      );
    });
  }

  /** A part of the work that goes on. */
  add(part: Part): void {
    if (this.#current === null) return;
    this.#waiting.push(part);
    this.#timer ??= setTimeout(() => void this.#write(), DELAY);
  }

  /** The work stands still; what it has stays. */
  async pause(): Promise<void> {
    await this.#write();
    this.#current = null;
    this.#release();
  }

  /** Nothing more is to be kept of it. */
  async forget(id: string): Promise<void> {
    if (this.#current === id) await this.pause();
    await this.#ifPossible(async database => {
      await this.#remove(database, id);
      return null;
    });
  }

  /** A lock that a tab holds while its work goes on, so that another tab does not take it for work that was left. */
  #lockOf(id: string): string {
    return `${this.#name}-${id}`;
  }

  async #write(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const parts = this.#waiting;
    this.#waiting = [];
    const of = this.#current;
    if (of === null || parts.length === 0) return;
    await this.#keeping(database => database.add('parts', { of, parts }));
  }

  async #remove(database: IDBPDatabase<Schema>, id: string): Promise<void> {
    const transaction = database.transaction(['heads', 'parts'], 'readwrite');
    await transaction.objectStore('heads').delete(id);
    await dropParts(transaction.objectStore('parts'), id);
    await transaction.done;
  }

  /** Storage that is full or gone keeps nothing, which is told, and stops nothing. */
  async #keeping<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> {
    try {
      return await work(await this.#open);
    } catch (error) {
      this.#unkept(error);
      return null;
    }
  }

  /** What is only looked up or tidied away needs no word where there is nothing. */
  async #ifPossible<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> {
    return this.#open.then(work).catch(() => null);
  }
}

async function keepWhole(database: IDBPDatabase<Schema>, head: Identified, parts: unknown[]): Promise<true> {
  const transaction = database.transaction(['heads', 'parts'], 'readwrite');
  await transaction.objectStore('heads').put(head);
  await dropParts(transaction.objectStore('parts'), head.id);
  if (parts.length > 0) await transaction.objectStore('parts').add({ of: head.id, parts });
  await transaction.done;
  return true;
}

function partsOf<Part>(stored: { parts: unknown[] }[]): Part[] {
  return stored.flatMap(entry => entry.parts as Part[]);
}

async function dropParts(
  store: IDBPObjectStore<Schema, ('heads' | 'parts')[], 'parts', 'readwrite'>,
  of: string,
): Promise<void> {
  for (const key of await store.index('of').getAllKeys(of)) await store.delete(key);
}
