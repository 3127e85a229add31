import { afterEach, beforeEach, expect, test, vi } from 'vitest';

type Memory = typeof import('../src/worker/memory');
let memory: Memory;

beforeEach(async () => {
  vi.resetModules();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  memory = await import('../src/worker/memory');
  memory.hearPanics();
});
afterEach(() => vi.restoreAllMocks());

// biome-ignore lint/suspicious/noConsole: it is where the core speaks
const say = (text: string) => console.error(text);
const code = (error: unknown) => memory.endOf(error)?.code ?? null;
const trap = (message: string) => new WebAssembly.RuntimeError(message);

test('memory that cannot be had is told as that, whatever the browser calls it', () => {
  for (const error of [
    trap('unreachable'),
    trap('unreachable executed'),
    trap('Unreachable code should not be executed'),
    trap('Out of memory'),
    new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded'),
    new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory'),
    new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance'),
    new RangeError('Array buffer allocation failed'),
    new RangeError('failed to grow memory'),
    Object.assign(new Error('out of memory'), { name: 'InternalError' }),
  ]) {
    expect(code(error), error.message).toBe('worker.memory');
  }
});

test('a real memory that was grown until it fails is recognised', () => {
  const real = new WebAssembly.Memory({ initial: 1, maximum: 4 });
  let thrown: unknown = null;
  try {
    for (;;) real.grow(1);
  } catch (error) {
    thrown = error;
  }
  expect(code(thrown)).toBe('worker.memory');
});

test('a trap for another reason is a crash, as is one that a panic came before', () => {
  expect(code(trap('memory access out of bounds'))).toBe('worker.crashed');
  expect(code(trap('divide by zero'))).toBe('worker.crashed');
  say('something else');
  expect(code(trap('unreachable'))).toBe('worker.memory');
  say('panicked at src/lib.rs:1:1:\nboom');
  expect(code(trap('unreachable'))).toBe('worker.crashed');
});

test('what leaves the core as it was is neither', () => {
  expect(code(new RangeError('Maximum call stack size exceeded'))).toBeNull();
  expect(code(new TypeError('out of memory'))).toBeNull();
  expect(code({ code: 'device.memory', message: 'out of memory' })).toBeNull();
  expect(code('out of memory')).toBeNull();
});
