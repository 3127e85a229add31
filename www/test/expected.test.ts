import { expect, test } from 'vitest';
import { firstGuess, questions, total } from '../src/page/expected';
import type { SelfTest } from '../src/types';
import { bank, inventory, request } from './fixtures';

test('the questions of a test of items, with and without paraphrases', () => {
  const items = bank(['Openness'], 3);
  // 3 items x (2 templates x 2 layouts + 1), and of each factual question four orders and one continuation.
  expect(total(questions(request(items)))).toBe(3 * 5 + 24 * 5);
  expect(total(questions(request(items, { readouts: ['continuation'], gate_questions: 0 })))).toBe(3);
  const [first] = items.items;
  if (first) Object.assign(first, { paraphrased_situation: 'It pours.', paraphrased_query: 'And now?' });
  expect(total(questions(request(items, { paraphrases: true, gate_questions: 0 })))).toBe(4 * 5);
});

test('the questions of an inventory: pairs of statements under one template', () => {
  const asked = request(bank([], 0), { inventory: inventory(5), gate_questions: 8 });
  expect(total(questions(asked))).toBe(5 * 5 + 8 * 2 * (2 + 1));
});

test('before the first test the self-test tells roughly how long it will take', () => {
  const asked = questions(request(bank(['Openness'], 3)));
  expect(asked).toEqual({ facts: 24 * 5, letters: 3 * 4, continuation: 3 });
  const selfTest = { passed: true, fell_back: false, milliseconds: 200 } as SelfTest;
  // 120 x .35 + 12 x 2.1 + 3 x .9 self-tests of a fifth of a second.
  expect(firstGuess(asked, selfTest)).toBeCloseTo(69.9 / 5, 9);
  // A failed one, or that of a device that was left, says nothing of this one.
  expect(firstGuess(asked, { ...selfTest, passed: false })).toBeNull();
  expect(firstGuess(asked, { ...selfTest, fell_back: true })).toBeNull();
  expect(firstGuess(asked, null)).toBeNull();
});
