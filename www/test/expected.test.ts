import { expect, test } from 'vitest';
import { questions } from '../src/page/expected';
import { bank, inventory, request } from './fixtures';

test('the questions of a test of items, with and without paraphrases', () => {
  const items = bank(['Openness'], 3);
  // 3 items x (2 templates x 2 layouts + 1), and of each factual question four orders and one continuation.
  expect(questions(request(items))).toBe(3 * 5 + 24 * 5);
  expect(questions(request(items, { readouts: ['continuation'], gate_questions: 0 }))).toBe(3);
  const [first] = items.items;
  if (first) Object.assign(first, { paraphrased_situation: 'It pours.', paraphrased_query: 'And now?' });
  expect(questions(request(items, { paraphrases: true, gate_questions: 0 }))).toBe(4 * 5);
});

test('the questions of an inventory: pairs of statements under one template', () => {
  const asked = request(bank([], 0), { inventory: inventory(5), gate_questions: 8 });
  expect(questions(asked)).toBe(5 * 5 + 8 * 2 * (2 + 1));
});
