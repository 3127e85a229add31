import { expect, test } from 'vitest';
import { intervals, lean } from '../src/page/intervals';
import { leanings, splits } from '../src/page/wording';
import { score } from './fixtures';

test('of fewer than five items, an interval is shown only where it is no narrower than chance allows', () => {
  // Two items whose weights agree by luck: the bootstrap is sure of 100. Their wins have Wilson's interval.
  const two = score('Extraversion', {
    ...{ items: 2, score: 100, low: 34.24, high: 100 },
    ...{ expected: 99.8, expected_low: 99.7, expected_high: 99.9 },
  });
  expect(intervals(two)).toEqual({ score: [34.24, 100], expected: null, d: null });
  // One that is won and one that is lost: from 0 to 100 claims nothing.
  expect(intervals(score('X', { items: 2, score: 50, low: 0, high: 100 })).score).toEqual([0, 100]);
  // Letters have thirds, which may lie close together.
  expect(intervals(score('X', { items: 2, score: 83.3, low: 66.7, high: 100 })).score).toBeNull();
});

test('from five items on every interval is shown', () => {
  const five = score('X', { items: 5, score: 99, low: 98, high: 100, d: 1, d_low: 0.9, d_high: 1.1 });
  expect(intervals(five)).toMatchObject({ score: [98, 100], d: [0.9, 1.1] });
  expect(intervals({ ...five, items: 4 })).toMatchObject({ score: null, d: null });
});

test('a lean rests on an interval that is shown', () => {
  const three = score('Openness', { items: 3, score: 83.3, low: 66.7, high: 100 });
  expect(lean(three)).toBeNull();
  expect(leanings([three])).toContain('No clear lean');
  expect(lean({ ...three, items: 10 })).toBe('high');
});

test('where score and weight clearly disagree it is said, and no lean is named', () => {
  const split = score('Openness', {
    ...{ items: 12, score: 83, low: 58, high: 95 },
    ...{ expected: 31, expected_low: 20, expected_high: 44 },
  });
  expect(lean(split)).toBe('split');
  expect(splits([split])).toBe(
    'In openness score and weight disagree: a high answer wins most items, yet on average the low answers are the more probable ones. That is no clear lean.',
  );
  expect(leanings([split])).toContain('No clear lean');
  const unsure = { ...split, expected_high: 55 };
  expect(splits([unsure])).toBeNull();
  expect(leanings([unsure])).toContain('high in openness');
});
