import { expect, test } from 'vitest';
import type { CatalogueEntry } from '../src/lib/traitscope';
import { dosesUpTo, layersToTry } from '../src/page/dials';
import {
  coherenceLine,
  dataLine,
  effectLine,
  knownLine,
  monitorLine,
  specificityLine,
} from '../src/page/findings';
import { knownEffect, knownRange } from '../src/page/known';
import {
  choosingItems,
  effectItems,
  meterItems,
  personasOf,
  questionsOf,
  sameTrait,
  secondHalf,
  someOfEach,
} from '../src/page/study-items';
import type {
  CoherenceResult,
  Correlation,
  DifferenceResult,
  DirectionEffects,
  Item,
  ItemBank,
  MonitoringSummary,
  PlacedEffect,
  TraitArtefact,
} from '../src/types';

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
  expect(ids(effectItems(all, 'openness', 'quick'))).toEqual(['Openness-1', 'Openness-3']);
  expect(ids(effectItems(all, 'openness', 'full'))).toEqual([
    'Openness-1',
    'Openness-3',
    'Narcissism-1',
    'Narcissism-3',
    'Narcissism-5',
  ]);
  // A trait that no item asks about is studied on a few of all.
  expect(ids(effectItems(all, 'humour', 'quick'))).toHaveLength(5);
  expect(sameTrait(' Openness', 'openness')).toBe(true);
});

test('a layer is chosen on the items that a study leaves out', () => {
  const all = bank({ Openness: 5, Narcissism: 12 });
  expect(ids(choosingItems(all, 'openness'))).toEqual(['Openness-0', 'Openness-2', 'Openness-4']);
  expect(ids(choosingItems(all, 'humour'))).toEqual([]);
  expect(layersToTry(30)).toEqual([14, 16, 18, 20, 22]);
  expect(layersToTry(2)).toEqual([1]);
  expect(ids(someOfEach(all, 3))).toEqual([
    'Openness-1',
    'Openness-3',
    'Narcissism-1',
    'Narcissism-3',
    'Narcissism-5',
  ]);
});

test('questions are those that the direction was not made of, or everyday ones', () => {
  const artefact = { questions: { extract: ['a'], evaluate: ['b', 'c', 'd'] } } as TraitArtefact;
  expect(questionsOf(artefact, 2)).toEqual(['b', 'c']);
  expect(new Set(questionsOf(null, 8)).size).toBe(8);
});

const direction = { trait: 'agreeableness', layer: 20, widest: Math.fround(0.4) } as DirectionEffects;
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

test('a meter is tried on the items of its trait, under instructions for either side', () => {
  const all = bank({ Openness: 5, Narcissism: 24 });
  expect(ids(meterItems(all, 'openness', 'quick'))).toHaveLength(5);
  expect(ids(meterItems(all, 'narcissism', 'quick'))).toHaveLength(12);
  expect(ids(meterItems(all, 'narcissism', 'full'))).toHaveLength(24);
  const artefact = {
    instructions: [
      { high: 'be so', low: 'be not' },
      { high: 'do so', low: 'do not' },
    ],
  } as TraitArtefact;
  expect(personasOf(artefact, 1)).toEqual([
    { name: 'high 1', system: 'be so' },
    { name: 'low 1', system: 'be not' },
  ]);
  expect(personasOf(artefact, 5)).toHaveLength(4);
  expect(personasOf(null, 2)).toEqual([]);
});

const correlation = (value: number, low: number | null, high: number | null): Correlation => ({
  pairs: 19,
  r: { value, low, high },
  rho: value,
});
const monitored = (pooled: Correlation | null, ...within: (Correlation | null)[]): MonitoringSummary => ({
  trait: 'Agreeableness',
  pooled,
  within,
  means: within.map(() => null),
});

test('a meter that follows the instruction is not said to tell the answer', () => {
  const none = correlation(0.05, -0.41, 0.49);
  expect(monitorLine('agreeableness', monitored(correlation(0.6, 0.4, 0.8), none, none, none))).toBe(
    'Before an answer, with no instruction, the meter of agreeableness and the answer go together with r = +0.05, 95% interval −0.41 to +0.49, 19 answers: it does not tell which items are answered more that way. Over all instructions together r = +0.60: it follows the instruction, not the item.',
  );
  const clear = correlation(0.6, 0.2, 0.8);
  expect(monitorLine('agreeableness', monitored(clear, clear, none))).toMatch(
    /: it tells which items are answered more that way\. Over all instructions together r = \+0\.60\.$/,
  );
  expect(monitorLine('agreeableness', monitored(none, none, none))).toMatch(
    /it does not tell what the instruction makes of the answers either\.$/,
  );
  expect(monitorLine('agreeableness', monitored(clear, correlation(-0.6, -0.8, -0.2)))).toMatch(
    /it points the wrong way\.$/,
  );
  expect(monitorLine('agreeableness', monitored(null, null))).toMatch(/^There are too few answers/);
});

test('a data set is said to pull only where the difference is clear', () => {
  const data = (value: number, low: number, high: number): DifferenceResult => ({
    rows: [{ index: 0, z: 1, own: { text: 'a', z: 0 }, difference: 1 }],
    z: { value: 1, low: null, high: null },
    difference: { value, low, high },
    cancelled: false,
  });
  expect(dataLine('malice', data(0.8, 0.2, 1.3))).toBe(
    'The answers lie 0.80 standard deviations above the model’s own along malice (95% interval +0.20 to +1.30), over 1 answer: they would pull a model that learns of them towards malice, if they move it at all.',
  );
  expect(dataLine('malice', data(-0.8, -1.3, -0.2))).toMatch(/below .* away from malice/);
  expect(dataLine('malice', data(0.8, -0.2, 1.3))).toMatch(/: no clear difference\.$/);
  expect(dataLine('malice', { ...data(0, 0, 0), difference: null })).toMatch(
    /^Without questions .* \+1\.00 standard deviations from neutral text\.$/,
  );
});

test('how far a push can go is said as far as it was tried', () => {
  const texts = (usable: [number, number], ...doses: number[]) =>
    ({
      doses: doses.map(dose => ({ dose })),
      usable,
      texts: [],
      cancelled: false,
    }) as unknown as CoherenceResult;
  const five = [-0.4, -0.2, 0, 0.2, 0.4];
  expect(coherenceLine('malice', texts([-0.4, 0.2], ...five))).toBe(
    'Along malice, texts hold together from −0.40 to +0.20: what a stronger push shows is damage rather than a trait.',
  );
  expect(coherenceLine('malice', texts([-0.4, 0.4], ...five))).toMatch(/under every dose that was tried/);
  expect(coherenceLine('malice', texts([0, 0], ...five))).toMatch(/under the smallest push/);
  expect(coherenceLine('malice', { ...texts([0, 0.2], -0.2, 0, 0.2, 0.4), cancelled: true })).toMatch(
    /from 0\.00 to \+0\.20, as far as was tried/,
  );
  expect(coherenceLine('malice', texts([0, 0], 0))).toMatch(/^Only the texts without a push/);
});

test('a direction is specific where it moves its own trait surely and most', () => {
  const row = (trait: string, ...cells: [string, number, number][]) =>
    ({
      trait,
      layer: 20,
      widest: 0.4,
      curves: [],
      effects: cells.map(([on, value, low]) => ({ change: { trait: on, d: { value, low, high: 2 } } })),
    }) as unknown as DirectionEffects;
  const clear = row('openness', ['Openness', 0.9, 0.4], ['Narcissism', -0.3, -0.6]);
  const wide = row('narcissism', ['Openness', -0.9, -1.4], ['Narcissism', 0.5, 0.1]);
  const none = row('malice', ['Openness', 0.1, -0.1], ['Narcissism', 0.5, 0.1]);
  const unsure = row('narcissism', ['Openness', 0.1, -0.1], ['Narcissism', 0.5, -0.1]);
  expect(specificityLine([clear, wide, none])).toBe(
    'Of 2 directions whose own trait the items ask about, 2 moved the answers that way (95% interval above 0); 1 of these moved their own trait most.',
  );
  expect(specificityLine([clear, clear])).toMatch(/; all of these moved their own trait most\.$/);
  expect(specificityLine([clear, unsure])).toMatch(/, 1 moved .*: its own most\.$/);
  expect(specificityLine([unsure])).toMatch(/, 0 moved the answers that way \(95% interval above 0\)\.$/);
  expect(specificityLine([none])).toMatch(/^No items ask/);
});

test('what is known of a direction is said, nothing included', () => {
  const effect = {
    items: 20,
    change: [0.64, 0.4, 0.91] as [number, number, number],
    chance: 40,
    above: 40,
    dose: 0.4,
  };
  expect(knownLine('agreeableness', effect)).toBe(
    'Known of agreeableness: its push moves the answers its way, by more than any of 40 directions of chance (from −0.4 to +0.4 by +0.64 nats a token, 95% interval +0.40 to +0.91, 20 items).',
  );
  const nothing =
    /nothing was found that chance would not do\. Its push moved the answers more than 39 of 40/;
  expect(knownLine('neuroticism', { ...effect, above: 39 })).toMatch(nothing);
  expect(knownLine('narcissism', { ...effect, change: [0.4, -0.2, 1] })).toMatch(/nothing was found/);
  expect(knownLine('agreeableness', { ...effect, dose: 0.12 })).toContain('(from −0.12 to +0.12 by +0.64');
  expect(knownLine('humour', null)).toMatch(/^No items ask about humour/);
  expect(knownLine('openness', null, true)).toMatch(
    /openness moves the answers of this model was not measured/,
  );
  const entry = { found: { openness: effect, humour: { items: 3 } }, usable: { openness: [0, 'x'] } };
  const catalogued = entry as unknown as CatalogueEntry;
  expect(knownEffect(catalogued, 'openness')).toEqual(effect);
  const narrow = { found: { openness: { ...effect, dose: 0.12 } } } as unknown as CatalogueEntry;
  expect(knownEffect(narrow, 'openness')?.dose).toBe(0.12);
  expect(knownEffect(catalogued, 'humour')).toBeNull();
  expect([knownEffect(null, 'openness'), knownRange(catalogued, 'openness')]).toEqual([null, null]);
});
