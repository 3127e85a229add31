import { expect, test } from 'vitest';
import { tooMany } from '../src/page/earlier';

const head = (n: number, more: { kind?: 'stopped' | 'settings' | 'effect'; name?: string } = {}) => {
  const date = `2026-01-01T00:00:${String(n).padStart(2, '0')}.000Z`;
  return {
    id: `${date}-x`,
    date,
    what: 'x',
    model: 'm',
    name: `traitscope-m-${n}.json`,
    opens: true,
    ...more,
  };
};
const days = (heads: { date: string }[]) => heads.map(({ date }) => Number(date.slice(17, 19)));
const many = (count: number, from: number, more = {}) =>
  Array.from({ length: count }, (_, i) => head(from + i, more));

test('of tests and of studies the oldest make room for those of their own kind alone', () => {
  const studies = many(10, 0, { kind: 'settings' });
  expect(tooMany([...studies, ...many(11, 20)])).toEqual([head(20)]);
  expect(days(tooMany([...studies, head(50, { kind: 'effect' }), ...many(10, 20)]))).toEqual([0]);
  expect(days(tooMany([...many(6, 0, { kind: 'stopped' }), ...many(6, 10)]))).toEqual([1, 0]);
  expect(tooMany([...studies, ...many(10, 20)])).toEqual([]);
});

test('a study of many settings that was kept without its kind is one all the same', () => {
  const former = head(0, { name: 'traitscope-study-ladder-m.json' });
  expect(tooMany([former, ...many(10, 20)])).toEqual([]);
  expect(days(tooMany([former, ...many(10, 20, { kind: 'settings' })]))).toEqual([0]);
});
