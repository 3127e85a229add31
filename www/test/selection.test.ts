import { expect, test } from 'vitest';
import { asked, selectItems, selectStatements, traitsOf } from '../src/page/selection';
import { bank, inventory } from './fixtures';

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
  expect(ids(items, all)).toHaveLength(6);
});

test('traits are found whatever their case, unknown ones are named', () => {
  const items = bank(['Openness', 'Agreeableness'], 1);
  const { bank: selected, unknown } = selectItems(items, { ...all, traits: ['openness', 'Courage'] });
  expect(selected.items.map(item => item.id)).toEqual(['Openness-1']);
  expect(unknown).toEqual(['Courage']);
});

test('a limit is shared out among the traits, and names the ones that get nothing of it', () => {
  const items = bank(['Openness', 'Agreeableness', 'Neuroticism'], 2);
  const traits = ['Agreeableness', 'neuroticism'];
  expect(ids(items, { ...all, items: 4 })).toEqual([
    'Openness-1',
    'Openness-2',
    'Agreeableness-1',
    'Neuroticism-1',
  ]);
  expect(ids(items, { ...all, traits, items: 2 })).toEqual(['Agreeableness-1', 'Neuroticism-1']);
  expect(selectItems(items, { ...all, traits, items: 2 }).crowdedOut).toEqual([]);
  expect(selectItems(items, { ...all, traits, items: 1 }).crowdedOut).toEqual(['neuroticism']);
  expect(selectItems(items, { ...all, items: 1 }).crowdedOut).toEqual([]);
});

test('a few items of a trait are of as many settings, and every trait begins with another', () => {
  const items = bank(['Openness', 'Agreeableness'], 6);
  const settings = ['work', 'work', 'work', 'family', 'money', 'money'];
  for (const [place, item] of items.items.entries()) item.setting = settings[place % 6] ?? null;
  expect(ids(items, { ...all, per_trait: 2 })).toEqual([
    'Openness-1',
    'Openness-4',
    'Agreeableness-4',
    'Agreeableness-5',
  ]);
  expect(ids(items, { ...all, traits: ['Openness'], per_trait: 4 })).toEqual([
    'Openness-1',
    'Openness-2',
    'Openness-4',
    'Openness-5',
  ]);
  expect(ids(items, { ...all, per_trait: 6 })).toHaveLength(12);
});

test('of an inventory the first statements of each domain', () => {
  const { bank: none, inventory: some, size } = selectStatements(inventory(5), { per_trait: 2 });
  expect(some?.items.map(({ id }) => id)).toEqual(['s1', 's2', 's3', 's4']);
  expect([none.items.length, none.name, size]).toEqual([0, 'ratings', 4]);
  expect(selectStatements(inventory(5), { per_trait: null }).size).toBe(5);
});

test('what a test asked is told from another selection', () => {
  const items = bank(['Openness', 'Agreeableness'], 2);
  const all_ = selectItems(items, all);
  const former = (given: typeof all_) =>
    ({ items: given.bank, inventory: given.inventory }) as Parameters<typeof asked>[1];
  expect(asked(all_, former(structuredClone(all_)))).toBe(true);
  expect(asked(selectItems(items, { ...all, per_trait: 1 }), former(all_))).toBe(false);
  const rated = selectStatements(inventory(3), { per_trait: null });
  expect(asked(rated, former(rated))).toBe(true);
  expect(asked(rated, former(all_))).toBe(false);
});
