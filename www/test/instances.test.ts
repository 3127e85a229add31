import { expect, test } from 'vitest';
import { instancesFor } from '../src/lib/instances';

test('one instance a core, four at most, within a quarter of the memory', () => {
  const small = 98e6;
  expect(instancesFor(small, { cores: 1, gigabytes: 8 })).toBe(1);
  expect(instancesFor(small, { cores: 2, gigabytes: 8 })).toBe(2);
  expect(instancesFor(small, { cores: 16, gigabytes: 8 })).toBe(4);
  expect(instancesFor(small, { cores: 8, gigabytes: 2 })).toBe(2);
  expect(instancesFor(1.5e9, { cores: 8, gigabytes: 8 })).toBe(1);
  expect(instancesFor(small, {})).toBe(1);
});
