import { expect, test } from 'vitest';
import {
  byAge,
  changesOf,
  comparable,
  intervalOf,
  type Pair,
  scoreOf,
  whyNot,
  whyNotIn,
} from '../src/page/comparison';
import { comparisonCsv, comparisonJson } from '../src/page/comparison-export';
import { changeLine, doubt, pairedLine } from '../src/page/comparison-words';
import { differing, known } from '../src/page/facts';
import { type Report, reportOf } from '../src/page/report';
import { FACTS, TEST_FACTS } from '../src/page/report-facts';
import type { Comparison, PairedDifference } from '../src/types';
import { bank, gate, inventory, observation, rating, record, request, score } from './fixtures';

const asked = request(bank(['Openness'], 2));

function report(change: Partial<Report> = {}): Report {
  const made = reportOf(
    record(asked, { observations: [observation('Openness-1'), observation('Openness-2')] }),
  );
  made.summary = { ...made.summary, scores: [score('Openness', { score: 70, low: 55, high: 85 })] };
  return { ...made, ...change };
}

const statements = () => {
  const made = reportOf(
    record(request(bank([], 0), { inventory: inventory(2) }), { ratings: [rating('s1')] }),
  );
  return { ...made, summary: { ...made.summary, likert: null } };
};

function difference(change: Partial<PairedDifference> = {}): PairedDifference {
  const d = { value: 0.4, low: 0.1, high: 0.7 };
  const score = { value: 10, low: 2, high: 18 };
  return {
    trait: 'Openness',
    readout: 'continuation',
    items: 10,
    unpaired: 2,
    score,
    expected: score,
    d,
    against: 1,
    dz: 0.8,
    p: 0.01,
    ...change,
  };
}

const comparison = (change: Partial<PairedDifference> = {}): Comparison => ({
  traits: [{ difference: difference(change), adjusted: 0.02 }],
  domains: [],
});

test('the oldest test comes first, one without a date last', () => {
  const [a, b, c] = [report({ date: null }), report({ date: '2026-02-01T00:00:00Z' }), report()];
  expect(byAge([a, b, c])).toEqual([c, b, a]);
});

test('what cannot be compared says why', () => {
  const other = { ...report(), observations: [observation('Openness-9')] };
  expect(whyNot(report(), report())).toBeNull();
  expect(whyNot(report(), statements())).toMatch(/statements on a scale/);
  expect(whyNot(report(), other)).toBe('they have no item in common');
  const letters = report();
  letters.summary = { ...letters.summary, scores: [score('Openness', { readout: 'letters' })] };
  expect(whyNot(report(), letters)).toMatch(/no way of reading/);
  expect(whyNotIn({ report: letters, found: null, why: null }, report(), 'continuation')).toMatch(
    /no scores/,
  );
});

test('what was asked otherwise is named, and what a table does not hold is no difference', () => {
  const polite = report({ asked: { ...asked, pushes: 0, system: 'Be polite.' } });
  expect(differing(FACTS, [report(), polite])).toEqual([
    { what: 'System prompt', values: ['none', '“Be polite.”'] },
  ]);
  expect(differing(FACTS, [report(), report()])).toEqual([]);
  const table = report({ asked: null });
  expect(differing(FACTS, [report(), table])).toEqual([]);
  expect(differing(FACTS, [report(), polite, table])).toEqual([
    { what: 'System prompt', values: ['none', '“Be polite.”', 'not known'] },
  ]);
  expect(known(TEST_FACTS, report()).map(({ what }) => what)).not.toContain('Pushes along directions');
});

test('changes of a read-out are those of its traits, and their interval needs items enough', () => {
  const [change] = changesOf(comparison(), 'continuation');
  expect(change).toMatchObject({ scale: 'Openness', paired: 10, unpaired: 2, adjusted: 0.02, dz: 0.8 });
  expect(change?.difference.value).toBe(0.4);
  expect(changesOf(comparison(), 'letters')).toEqual([]);
  expect(intervalOf(difference().d, 10)).toEqual([0.1, 0.7]);
  expect(intervalOf(difference().d, 4)).toBeNull();
  expect(scoreOf(report(), 'continuation', 'Openness')).toMatchObject({ value: 70, interval: [55, 85] });
  expect(scoreOf(report(), 'letters', 'Openness')).toBeNull();
});

test('only a change that is clear after adjustment is called one', () => {
  const changes = (change: Partial<PairedDifference>, adjusted = 0.02) =>
    changesOf({ traits: [{ difference: difference(change), adjusted }], domains: [] }, 'continuation');
  expect(changeLine(changes({}))).toBe('It answers more like someone high in openness.');
  expect(changeLine(changes({ d: { value: -0.4, low: -0.7, high: -0.1 } }))).toBe(
    'It answers less like someone high in openness.',
  );
  for (const unclear of [changes({}, 0.06), changes({ d: { value: 0.4, low: -0.1, high: 1 } })]) {
    expect(changeLine(unclear)).toMatch(/^No clear change/);
  }
  expect(changeLine(changes({ items: 4 }))).toMatch(/^Fewer than 5/);
  expect(pairedLine(changes({}), 'items')).toBe(
    'Over 10 items that both have complete; 2 that only one has are left out.',
  );
});

test('a read-out that fails its factual questions, or whose are not known, is doubted', () => {
  const failing = report();
  failing.summary = { ...failing.summary, gate: [gate('continuation', 6)] };
  expect(doubt(report(), 'continuation')).toBeNull();
  expect(doubt(failing, 'continuation')).toMatch(/no trait score is offered/);
  expect(doubt(report(), 'letters')).toMatch(/nothing is known/);
  expect(doubt(report({ asked: null }), 'continuation')).toMatch(/From a table/);
});

test('a comparison is saved with both tests in each row', () => {
  const other = report({ model: { name: '=cmd', sha256: null }, date: null });
  const pairs: Pair[] = [{ report: other, found: comparison(), why: null }];
  expect(comparable(pairs)).toEqual([{ readout: 'continuation', scales: ['Openness'] }]);
  const [head = '', row = '', ...rest] = comparisonCsv(report(), pairs).trimEnd().split('\r\n');
  expect(rest).toEqual([]);
  const cell = (column: string) => row.split(',')[head.split(',').indexOf(column)];
  expect([cell('model'), cell('baseline_score'), cell('difference'), cell('p_adjusted')]).toEqual([
    "'=cmd",
    '70',
    '0.4',
    '0.02',
  ]);
  const document = JSON.parse(comparisonJson(report(), pairs));
  expect(document).toMatchObject({ format: 'traitscope-comparison', format_version: 1 });
  expect(document.compared[0].less_baseline.traits[0].difference.d.value).toBe(0.4);
});
