import { expect, test } from 'vitest';
// @ts-expect-error a script of the build, without types
import { norms } from '../scripts/people.mjs';

const DOMAINS = {
  O: 'Openness',
  C: 'Conscientiousness',
  E: 'Extraversion',
  A: 'Agreeableness',
  N: 'Neuroticism',
};
const FACETS = Object.fromEntries(
  Object.keys(DOMAINS).map(letter => [letter, [1, 2, 3, 4, 5, 6].map(n => `${letter}${n}`)]),
);

interface Norm {
  domain: string;
  facet?: string;
  mean: number;
  sd: number;
}

const of = (inventory: string, items: number): Norm[] => norms(inventory, inventory, items, DOMAINS, FACETS);

test('two groups are one of equal parts, by hand', () => {
  const found = of('ipip-neo-120', 120);
  expect(found).toHaveLength(5 + 30);
  // Men 66.97 with 16.48, women 72.14 with 16.16, of 24 items: the middle is 69.555, the variance 266.38 within and 6.68 between.
  expect(found[0]).toMatchObject({ domain: 'Neuroticism', mean: 2.898, sd: 0.689 });
  // Conscientiousness, sixth facet: 13.31 with 4.03, 12.91 with 4.18, of four items.
  expect(found.at(-1)).toMatchObject({ domain: 'Conscientiousness', facet: 'C6', mean: 3.278, sd: 1.028 });
});

test.each([
  ['ipip-neo-120', 120],
  ['ipip-neo-300', 300],
])('the facets of %s come to their domain', (inventory, items) => {
  const found = of(inventory, items);
  for (const { domain, mean } of found.filter(({ facet }) => facet === undefined)) {
    const facets = found.filter(norm => norm.domain === domain && norm.facet !== undefined);
    const middle = facets.reduce((sum, facet) => sum + facet.mean, 0) / 6;
    expect(Math.abs(middle - mean)).toBeLessThan(0.02);
  }
});
