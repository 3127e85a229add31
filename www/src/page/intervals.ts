import { words } from '../i18n';
import type { Score } from '../types';

/** Fewer items may agree by luck, and then a bootstrap over them claims to be sure. */
export const ENOUGH = 5;
const Z95 = 1.96;
/** What an interval is called that is not shown. */
export const tooFew = () => words.wording.tooFew;
/** Widths are compared to a tenth of a point. */
const ROUNDING = 0.1;

export type Interval = [low: number, high: number];

/** What can be said of how far a trait's figures would change with other items; null for nothing: too few items. */
export function intervals(score: Score): Record<'score' | 'expected' | 'd', Interval | null> {
  const { items } = score;
  return {
    score: share(score.score, [score.low, score.high], items),
    expected: share(score.expected, [score.expected_low, score.expected_high], items),
    d: items < ENOUGH ? null : [score.d_low, score.d_high],
  };
}

/** Of few items, only an interval as wide as Wilson's for a share, which the core gives for items that all agree. */
function share(value: number, interval: Interval, items: number): Interval | null {
  return items >= ENOUGH || width(interval) >= width(wilson(value, items)) - ROUNDING ? interval : null;
}

function wilson(value: number, items: number): Interval {
  const rate = value / 100;
  const z2 = Z95 ** 2;
  const middle = rate + z2 / (2 * items);
  const half = Z95 * Math.sqrt((rate * (1 - rate)) / items + z2 / (4 * items ** 2));
  const scale = 100 / (1 + z2 / items);
  return [(middle - half) * scale, (middle + half) * scale];
}

function width([low, high]: Interval): number {
  return high - low;
}

/** The side of 50 on which a share is for certain, null for neither. */
function side(interval: Interval | null): 'high' | 'low' | null {
  if (!interval) return null;
  return interval[0] > 50 ? 'high' : interval[1] < 50 ? 'low' : null;
}

/** Which answers a trait's score and weight clearly favour; `split` where one favours the high, one the low. */
export function lean(of: Score): 'high' | 'low' | 'split' | null {
  // Four of four agree by luck once in eight times, and there are eight traits.
  if (of.items < ENOUGH) return null;
  const { score, expected } = intervals(of);
  const [won, weighed] = [side(score), side(expected)];
  return won && weighed && won !== weighed ? 'split' : won;
}
