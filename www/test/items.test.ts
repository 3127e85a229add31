import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { expect, test } from 'vitest';
import { selectItems, traitsOf } from '../src/page/selection';
import { QUICK } from '../src/page/settings';
import type { Item, ItemBank } from '../src/types';

const json = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../items/${name}`, import.meta.url), 'utf8'));

test.each([
  ['bank.json', 'bank.schema.json'],
  ['steering.json', 'bank.schema.json'],
  ['gate.json', 'gate.schema.json'],
])('%s is what its schema says', (file, schema) => {
  const validate = new Ajv2020({ allErrors: true }).compile(json(schema));
  const data = json(file);
  validate(data);
  expect(validate.errors).toBeNull();
  expect(data.licence).toBe('CC-BY-4.0');
  data.items[0].id = 'No id!';
  expect(validate(data)).toBe(false);
});

test('the quick set has five settings a trait, and all parts of life about equally often', () => {
  const bank = json('bank.json') as ItemBank;
  const { items } = selectItems(bank, { traits: null, per_trait: QUICK, items: null }).bank;
  expect(items).toHaveLength(40);
  const settings = (some: Item[]) => new Set(some.map(({ setting }) => setting));
  for (const trait of traitsOf(items)) {
    expect(settings(items.filter(({ personality }) => personality === trait)).size).toBe(5);
  }
  for (const setting of settings(bank.items)) {
    const count = items.filter(item => item.setting === setting).length;
    expect(count).toBeGreaterThanOrEqual(5);
    expect(count).toBeLessThanOrEqual(7);
  }
});
