import { expect, test } from 'vitest';
import { fileName } from '../src/worker/instruments';

test('the name of a kept file is one that every file system takes', () => {
  expect(fileName('mine.json')).toBe('mine.json');
  expect(fileName('../../etc/passwd')).toBe('..-..-etc-passwd');
  expect(fileName('a\u0000b\\c:d*?"<>|.csv')).toBe('a-b-c-d-.csv');
  expect(fileName('Prüfung 1 (neu).json')).toBe('Prüfung 1 (neu).json');
  const long = fileName(`${'心'.repeat(300)}.json`);
  expect(new TextEncoder().encode(`${'0'.repeat(64)}.${long}`).length).toBeLessThan(256);
  expect(long).toMatch(/\.json$/);
  expect(fileName('')).toBe('items');
});
