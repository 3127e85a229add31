/**
 * Has the page hear of the end of this worker even where it comes without a word, as when the browser ends it: the worker holds a lock
 * for as long as it lives, and whoever gets that lock knows that it is gone. Without locks (on a page from plain http) there is none.
 */
export function holdLifeLine(tell: (lock: string) => void): void {
  if (!navigator.locks) return;
  const name = `traitscope-worker-${crypto.randomUUID()}`;
  const held = navigator.locks.request(name, () => {
    tell(name);
    return new Promise<never>(() => undefined);
  });
  // A page opened from a file may have no locks though the browser shows them.
  held.catch(() => undefined);
}
