import { stopped, TraitscopeError } from '../lib/errors';

/** One tab at a time downloads a file: two that write the same one would damage it. */

const nameOf = (key: string) => `traitscope-download-${key}`;

/** How often who waits looks how far the other one is. */
const LOOK = 500;

/**
 * Does `work` while no other tab works on the same key. Where one does, waits for it, calling `waiting` again and again; `work` then
 * hears that it had to wait. Stops with what the signal says.
 */
export async function exclusively<T>(
  key: string,
  signal: AbortSignal,
  waiting: () => unknown,
  work: (waited: boolean) => Promise<T>,
): Promise<T> {
  const done = await unlessTaken(key, () => work(false));
  if (done) return done.value;
  const timer = setInterval(waiting, LOOK);
  try {
    waiting();
    return await navigator.locks.request(nameOf(key), { signal }, () => {
      clearInterval(timer);
      return work(true);
    });
  } catch (error) {
    if (signal.aborted && !(error instanceof TraitscopeError)) throw stopped(signal);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Does `work` and gives its value, or null where another tab works on the same key. */
export async function unlessTaken<T>(key: string, work: () => Promise<T>): Promise<{ value: T } | null> {
  // Without locks the browser's own lock on a file that is written keeps others away.
  if (!navigator.locks) return { value: await work() };
  return navigator.locks.request(nameOf(key), { ifAvailable: true }, async lock =>
    lock ? { value: await work() } : null,
  );
}
