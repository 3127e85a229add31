import { expect, test } from 'vitest';
import { selectItems, traitsOf } from '../src/page/selection';
import { bank } from './fixtures';

const all = { traits: null, per_trait: null, items: null };
const ids = (...arguments_: Parameters<typeof selectItems>) =>
  selectItems(...arguments_).bank.items.map(item => item.id);

test('the first items of each trait, in the order of the bank', () => {
  const items = bank(['Openness', 'Agreeableness'], 3);
  expect(traitsOf(items.items)).toEqual(['Openness', 'Agreeableness']);
  expect(ids(items, { ...all, per_trait: 2 })).toEqual([
    'Openness-1',
    'Openness-2',
    'Agreeableness-1',
    'Agreeableness-2',
  ]);
  expect(ids(items, { ...all, per_trait: 2, items: 3 })).toHaveLength(3);
  expect(ids(items, all)).toHaveLength(6);
});

test('traits are found whatever their case, unknown ones are named', () => {
  const items = bank(['Openness', 'Agreeableness'], 1);
  const { bank: selected, unknown } = selectItems(items, { ...all, traits: ['openness', 'Courage'] });
  expect(selected.items.map(item => item.id)).toEqual(['Openness-1']);
  expect(unknown).toEqual(['Courage']);
});
