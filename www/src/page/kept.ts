import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Row } from '../lib/traitscope';
import type { ItemBank, LikertInventory, ModelInfo } from '../types';
import type { Settings } from './settings';

/** What a run that did not come to its end was, and the rows that it had. */
export interface KeptRun {
  /** When it began, ISO 8601; tells runs apart. */
  date: string;
  model: Pick<ModelInfo, 'name' | 'sha256' | 'bytes'>;
  settings: Settings;
  bank: ItemBank;
  inventory: LikertInventory | null;
  bankSha256: string | null;
  rows: Row[];
}

interface Schema extends DBSchema {
  runs: { key: string; value: Omit<KeptRun, 'rows'> };
  rows: { key: number; value: { run: string; rows: Row[] }; indexes: { run: string } };
}

/** Whether a run was given to this model: by its hash, or where there is none by name and size. */
export function isOf({ model }: KeptRun, { name, sha256, bytes }: ModelInfo): boolean {
  if (model.sha256 !== null || sha256 !== null) return model.sha256 === sha256;
  return model.name === name && model.bytes === bytes;
}

/** Rows are written this long after the first of them, in milliseconds: a crash loses no more than that. */
const DELAY = 500;

/** A lock that a tab holds while its run goes on, so that another tab does not take it for one that was left. */
const lockOf = (date: string) => `traitscope-run-${date}`;

/**
 * Runs in the browser's own storage, row by row, so that one survives a reload, a crash of the tab or a lost device. Where there is no
 * storage nothing is kept, and all else works.
 */
export class KeptRuns {
  #open: Promise<IDBPDatabase<Schema> | null>;
  #current: string | null = null;
  #waiting: Row[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #release: () => void = () => undefined;

  constructor() {
    this.#open = openDB<Schema>('traitscope-runs', 1, {
      upgrade(database) {
        database.createObjectStore('runs', { keyPath: 'date' });
        database.createObjectStore('rows', { autoIncrement: true }).createIndex('run', 'run');
      },
    }).catch(() => null);
  }

  /** The last run that was left by every tab; older ones are forgotten. */
  async find(): Promise<KeptRun | null> {
    return this.#try(async database => {
      const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
      const left = (await database.getAll('runs')).filter(({ date }) => !held.has(lockOf(date)));
      left.sort((a, b) => b.date.localeCompare(a.date));
      for (const { date } of left.slice(1)) await this.#remove(database, date);
      const [last] = left;
      if (!last) return null;
      const parts = await database.getAllFromIndex('rows', 'run', last.date);
      const rows = parts.flatMap(part => part.rows);
      // One that was left before its first answer is a test that can be begun again.
      return rows.length > 0 ? { ...last, rows } : null;
    });
  }

  /** A run begins, with the rows that it has from before. */
  async begin({ rows, ...run }: KeptRun): Promise<void> {
    await this.pause();
    await this.#try(async database => {
      await database.put('runs', run);
      this.#current = run.date;
      void navigator.locks?.request(
        lockOf(run.date),
        () =>
          new Promise<void>(resolve => {
            this.#release = resolve;
          }),
      );
      return null;
    });
    for (const row of rows) this.add(row);
  }

  /** A row of the run that goes on. */
  add(row: Row): void {
    if (this.#current === null) return;
    this.#waiting.push(row);
    this.#timer ??= setTimeout(() => void this.#write(), DELAY);
  }

  /** The run stands still; what it has stays. */
  async pause(): Promise<void> {
    await this.#write();
    this.#current = null;
    this.#release();
  }

  /** Nothing more is to be kept of a run. */
  async forget(date: string): Promise<void> {
    if (this.#current === date) await this.pause();
    await this.#try(async database => {
      await this.#remove(database, date);
      return null;
    });
  }

  async #write(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const rows = this.#waiting;
    this.#waiting = [];
    const run = this.#current;
    if (run === null || rows.length === 0) return;
    await this.#try(database => database.add('rows', { run, rows }));
  }

  async #remove(database: IDBPDatabase<Schema>, date: string): Promise<void> {
    const transaction = database.transaction(['runs', 'rows'], 'readwrite');
    await transaction.objectStore('runs').delete(date);
    for (const key of await transaction.objectStore('rows').index('run').getAllKeys(date)) {
      await transaction.objectStore('rows').delete(key);
    }
    await transaction.done;
  }

  /** Storage that is full or gone keeps nothing, and stops no run. */
  async #try<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> {
    const database = await this.#open;
    if (!database) return null;
    return work(database).catch(() => null);
  }
}
