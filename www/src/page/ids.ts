/** A piece of work that is kept. */
export interface Identified {
  /** Tells it from all others: what other tabs begin in the same millisecond, too. */
  id: string;
  /** When it began, ISO 8601. */
  date: string;
}

/** An id for what began then. */
export function newId(date: string): string {
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `${date}-${chance.toString(36)}`;
}

export function latestFirst<W extends Identified>(works: W[]): W[] {
  return works.toSorted((a, b) => b.date.localeCompare(a.date));
}

/**
 * Makes the store `heads`, which has a head of each piece of work by its id. The `former` one had them by their dates, which are ids as well
 * as others are.
 */
export function identify(transaction: IDBTransaction, former: boolean): void {
  const { db } = transaction;
  const make = (dated: { date: string }[]) => {
    const heads = db.createObjectStore('heads', { keyPath: 'id' });
    for (const head of dated) heads.put({ ...head, id: head.date });
  };
  if (!former) {
    make([]);
    return;
  }
  const asked = transaction.objectStore('heads').getAll();
  asked.onsuccess = () => {
    db.deleteObjectStore('heads');
    make(asked.result);
  };
}
