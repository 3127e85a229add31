import { describe, expect, test } from 'vitest';
import { dots, heightOf } from '../src/page/dots';

/** How far apart the two marks are that are nearest to each other. */
function nearest(places: number[], levels: number[], pitch: number): number {
  let found = Number.POSITIVE_INFINITY;
  for (const [i, x] of places.entries()) {
    for (let j = 0; j < i; j++) {
      const up = (levels[i] as number) - (levels[j] as number);
      found = Math.min(found, Math.hypot(x - (places[j] as number), pitch * up));
    }
  }
  return found;
}

describe('the marks of many machines', () => {
  const alike = (count: number) => Array.from({ length: count }, () => 300);
  const spread = (count: number, step: number) =>
    Array.from({ length: count }, (_, i) => step * i + (i % 3) * 0.3);
  const cases: Record<string, number[]> = {
    'thirty alike': alike(30),
    'forty alike': alike(40),
    'forty that differ by rounding': spread(40, 0.4),
    'forty over part of the scale': spread(40, 3),
    'three far apart': [0, 300, 600],
    'some together and some apart': [...alike(9), 303, 306, 309, 320, ...alike(3).map(x => x + 200)],
  };
  for (const [name, places] of Object.entries(cases)) {
    test(`never lie over each other: ${name}`, () => {
      const { radius, pitch, levels } = dots([places]);
      expect(levels[0]).toHaveLength(places.length);
      expect(nearest(places, levels[0] as number[], pitch)).toBeGreaterThan(2 * radius);
      expect(radius).toBeGreaterThan(2);
    });
  }

  test('are as large as there is room for, and of one size in all rows', () => {
    expect(dots([[0, 300, 600]]).radius).toBe(5);
    const { radius, levels } = dots([[0, 300, 600], alike(30)]);
    expect(radius).toBeLessThan(3);
    expect(levels[0]).toEqual([0, 0, 0]);
    expect(heightOf(levels)).toBe(30);
  });
});
