import { expect, test } from 'vitest';
import { merge, mergeGate, remaining } from '../src/lib/merge';
import { Tally } from '../src/lib/tally';
import { kinds } from '../src/lib/units';
import { bank, gate, inventory, observation, observations, rating, request } from './fixtures';

test('after an interruption the items that are not complete are left, and the gate if it is not', () => {
  const asked = request(bank(['Openness'], 3));
  const partial = observations('Openness-2', asked).slice(0, 3);
  const done = [...observations('Openness-1', asked), ...partial];
  const rest = remaining(asked, done, [gate('letters', 6)]);
  expect(rest.items.items.map(item => item.id)).toEqual(['Openness-2', 'Openness-3']);
  expect(rest.gate_questions).toBe(24);
  expect(remaining(asked, done, [gate('letters', 6), gate('continuation', 21)]).gate_questions).toBe(0);
  const stopped = { ...gate('continuation', 20), questions: 20, items: 20, passes: false };
  expect(remaining(asked, done, [gate('letters', 6), stopped]).gate_questions).toBe(24);
});

test('an observation made twice counts once, the later one stays', () => {
  const first = observation('a', { p_high: 0.1 });
  const second = observation('a', { p_high: 0.9 });
  expect(merge([first, observation('b')], [second])).toEqual([second, observation('b')]);
  expect(mergeGate([gate('letters', 6), gate('letters', 7)])).toEqual([gate('letters', 7)]);
});

test('paraphrases double what an item needs, where it has both texts', () => {
  const items = bank(['Openness'], 2);
  const [first, second] = items.items;
  if (first) Object.assign(first, { paraphrased_situation: 'It pours.', paraphrased_query: 'And now?' });
  if (second) second.paraphrased_query = 'And now?';
  const asked = request(items, { paraphrases: true });
  const rest = remaining(
    asked,
    [...observations('Openness-1', asked), ...observations('Openness-2', asked)],
    [],
  );
  expect(rest.items.items.map(item => item.id)).toEqual(['Openness-1']);
});

test('the tally counts complete items, once each', () => {
  const asked = request(bank(['Openness'], 2));
  const tally = new Tally(asked);
  const rows = observations('Openness-1', asked);
  for (const row of rows.slice(0, -1)) tally.note(row);
  for (const row of rows.slice(0, -1)) tally.note(row);
  expect(tally.done).toBe(0);
  for (const row of rows) tally.note(row);
  expect([tally.done, tally.total]).toEqual([1, 2]);
});

test('statements that are not rated in every way are left, in their order', () => {
  const asked = request(bank([], 0), { inventory: inventory(3), templates: ['T1'] });
  const letters = (layout: 'forward' | 'reversed') =>
    rating('s1', { readout: 'letters', template: 'T1', layout });
  const done = [rating('s1'), letters('forward'), letters('reversed'), rating('s2', { domain: 'Openness' })];
  const rest = remaining(asked, done, []);
  expect(rest.inventory?.items.map(({ id }) => id)).toEqual(['s2', 's3']);
  const tally = new Tally(asked);
  for (const row of done) tally.note(row);
  expect([tally.done, tally.total]).toEqual([1, 3]);
  expect(merge([rating('s1')], [rating('s1', { value: 3 })])).toEqual([rating('s1', { value: 3 })]);
  expect(kinds([observation('a'), rating('s1')])).toEqual({
    observations: [observation('a')],
    ratings: [rating('s1')],
  });
});
