import { expect, test } from 'vitest';
import { parts, Queue } from '../src/lib/queue';
import { bank, inventory, request as requestOf } from './fixtures';

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
  const readouts = ['continuation' as const, 'letters' as const];
  const request = requestOf(bank(['Openness'], 10), { readouts, gate_questions: 22 });
  const { items } = request.items;
  const all = parts(request);
  const rest = all.filter(part => part.gate_questions === 0);
  const gate = all.slice(0, all.length - rest.length);
  expect(all.slice(gate.length)).toEqual(rest);
  for (const readout of readouts) {
    const asked = gate
      .filter(part => part.readouts[0] === readout)
      .flatMap(({ gate_range }) => Array.from({ length: 22 }, (_, n) => n).slice(...(gate_range ?? [])));
    expect(asked).toEqual(Array.from({ length: 22 }, (_, n) => n));
  }
  for (const part of gate) {
    expect([part.gate_questions, part.readouts.length, part.items.items.length]).toEqual([22, 1, 0]);
  }
  expect(rest.every(part => part.readouts === request.readouts && part.items.items.length > 0)).toBe(true);
  expect(rest.flatMap(part => part.items.items)).toEqual(items);
  expect(parts({ ...request, gate_questions: 0 })[0]?.items.items[0]).toEqual(items[0]);
});

test('statements are cut into parts as items are, behind them', () => {
  const request = requestOf(bank(['Openness'], 2), { inventory: inventory(5), gate_questions: 0 });
  const all = parts(request);
  const held = all.map(part => [part.items.items.length, part.inventory?.items.length]);
  expect(held).toEqual([
    [2, 2],
    [0, 3],
  ]);
  expect(all.flatMap(part => part.inventory?.items ?? [])).toEqual(request.inventory?.items);
});
