import type { PlainError } from '../lib/errors';

/**
 * Tells whether the core has come to its end, and whether for want of memory. Rust's allocator ends the module without a word when the
 * memory cannot grow, where a panic says why on the console first; so a trap that nothing was said of is one of memory.
 */

/** What browsers say when memory cannot be had, whatever kind of error they make of it. */
const NO_MEMORY =
  /out of memory|(grow|allocat)\w*\b.*\b(memory|failed)|memory.*\b(grow|allocat)|buffer allocation/i;
/** The trap that ends the module on purpose, as each engine calls it. */
const UNREACHABLE = /unreachable/i;

let panicked = false;

/** Listens to what the core says on the console from now on. */
export function hearPanics(): void {
  // biome-ignore-start lint/suspicious/noConsole: it is where the core speaks
  const { error } = console;
  console.error = (...said: unknown[]) => {
    panicked ||= String(said[0]).startsWith('panicked at');
    error.apply(console, said);
  };
  // biome-ignore-end lint/suspicious/noConsole: only here
}

/** What ended the core; null for an error that leaves it as it was. */
export function endOf(error: unknown): PlainError | null {
  if (!(error instanceof Error)) return null;
  const { message } = error;
  const trap = error instanceof WebAssembly.RuntimeError;
  if (trap && panicked) return { code: 'worker.crashed', message };
  // Firefox calls it an InternalError.
  const memory = trap || error instanceof RangeError || error.name === 'InternalError';
  if (memory && (NO_MEMORY.test(message) || (trap && UNREACHABLE.test(message)))) {
    return { code: 'worker.memory', message };
  }
  return trap ? { code: 'worker.crashed', message } : null;
}
