import { expect, test } from 'vitest';
import { parts, Queue } from '../src/lib/queue';
import type { ScoreRequest } from '../src/types';

test('a queue hands everything out once, and again what comes back', async () => {
  const queue = new Queue([1, 2, 3]);
  expect(await queue.next()).toBe(1);
  expect(await queue.next()).toBe(2);
  queue.back(1);
  expect(await queue.next()).toBe(1);
  expect(await queue.next()).toBe(3);
  const late = queue.next();
  queue.back(2);
  expect(await late).toBe(2);
  const ends = [queue.next(), queue.next()];
  queue.done();
  queue.done();
  queue.done();
  expect(await Promise.all(ends)).toEqual([null, null]);
});

test('a queue that was cleared ends when what runs has ended', async () => {
  const queue = new Queue(['a', 'b']);
  expect(await queue.next()).toBe('a');
  queue.clear();
  const end = queue.next();
  queue.done();
  expect(await end).toBeNull();
});

test('parts have the gate first and every item once, in order', () => {
  const items = Array.from({ length: 10 }, (_, i) => ({ id: String(i) }));
  const request = { items: { items }, gate_questions: 24, seed: 1 } as unknown as ScoreRequest;
  const [gate, ...rest] = parts(request);
  expect(gate?.gate_questions).toBe(24);
  expect(gate?.items.items).toEqual([]);
  expect(rest.every(part => part.gate_questions === 0 && part.items.items.length > 0)).toBe(true);
  expect(rest.flatMap(part => part.items.items)).toEqual(items);
  expect(parts({ ...request, gate_questions: 0 })[0]?.items.items[0]).toEqual(items[0]);
});
