import { expect, test } from 'vitest';
import { dosesUpTo, sameTrait, secondHalf, studyItems } from '../src/page/effect-study';
import { effectLine } from '../src/page/wording';
import type { DirectionEffects, Item, ItemBank, PlacedEffect } from '../src/types';

const item = (personality: string, n: number) => ({ id: `${personality}-${n}`, personality }) as Item;
const bank = (counts: Record<string, number>): ItemBank => ({
  name: 'b',
  version: '1',
  licence: '',
  items: Object.entries(counts).flatMap(([trait, count]) =>
    Array.from({ length: count }, (_, n) => item(trait, n)),
  ),
});
const ids = ({ items }: ItemBank) => items.map(({ id }) => id);

test('nine doses lie evenly around 0', () => {
  expect(dosesUpTo(0.4)).toEqual([-0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]);
  expect(dosesUpTo(0.2)).toEqual([-0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2]);
});

test('the items of a study are those on which no layer was chosen', () => {
  const all = bank({ Openness: 5, Narcissism: 12 });
  expect(secondHalf(all.items).map(({ id }) => id)).toEqual([
    'Openness-1',
    'Openness-3',
    ...[1, 3, 5, 7, 9, 11].map(n => `Narcissism-${n}`),
  ]);
  expect(ids(studyItems(all, 'openness', 'quick'))).toEqual(['Openness-1', 'Openness-3']);
  expect(ids(studyItems(all, 'openness', 'full'))).toEqual([
    'Openness-1',
    'Openness-3',
    'Narcissism-1',
    'Narcissism-3',
    'Narcissism-5',
  ]);
  // A trait that no item asks about is studied on a few of all.
  expect(ids(studyItems(all, 'humour', 'quick'))).toHaveLength(5);
  expect(sameTrait(' Openness', 'openness')).toBe(true);
});

const direction = { trait: 'agreeableness', layer: 20, widest: 0.4 } as DirectionEffects;
const effect = (
  value: number,
  low: number | null,
  high: number | null,
  percentile: number | null,
): PlacedEffect =>
  ({
    change: { trait: 'Agreeableness', d: { value, low, high }, items: 20 },
    p_adjusted: 0.01,
    gaussian: null,
    shuffled: percentile === null ? null : { percentile, p: 0.05, directions: 20 },
  }) as unknown as PlacedEffect;

test('only what no direction of chance does is called an effect', () => {
  expect(effectLine('agreeableness', direction, effect(0.9, 0.3, 1.4, 100))).toBe(
    'From −0.4 to +0.4 along agreeableness, the answers moved towards agreeableness by 0.90 nats a token (95% interval +0.30 to +1.40): more than any of 20 directions made of the same texts with their sides mixed.',
  );
  expect(effectLine('agreeableness', direction, effect(0.9, 0.3, 1.4, 85))).toMatch(
    /and 3 of 20 directions made of the same texts with their sides mixed did as much\. Nothing that chance would not do was found\.$/,
  );
  expect(effectLine('agreeableness', direction, effect(0.9, -0.1, 1.4, 100))).toMatch(/Nothing that chance/);
  expect(effectLine('agreeableness', direction, effect(-0.9, -1.4, -0.3, 100))).toMatch(
    /moved away from agreeableness by 0\.90 .* The push did not do what its name says\.$/,
  );
  expect(effectLine('agreeableness', direction, effect(0.9, null, null, null))).toMatch(
    /not held against chance\.$/,
  );
});
