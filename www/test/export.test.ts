import { expect, test } from 'vitest';
import { csvCell, fileName, type RunRecord, toCsv, toJson } from '../src/page/export';
import { bank, inventory, observation, rating, record, request } from './fixtures';

function run(): RunRecord {
  const asked = request(bank(['Openness'], 2), { system: 'Be brief.', seed: 9 });
  return record(asked, {
    observations: [
      observation('Openness-1'),
      observation('=HYPERLINK("http://x")', { readout: 'letters', template: 'T1', layout: 'forward' }),
    ],
  });
}

test('the JSON holds what a repetition needs', () => {
  const document = JSON.parse(toJson(run()));
  expect(document).toMatchObject({
    format: 'traitscope-run',
    format_version: 1,
    date: '2026-01-02T03:04:05.000Z',
    program: '0.1.0',
    model: { name: 'Some model/../x', sha256: 'ab'.repeat(32), quantisation: 'Q4_1' },
    device: { kind: 'cpu' },
    request: {
      readouts: ['letters', 'continuation'],
      templates: ['T1', 'T2'],
      layouts: ['forward', 'reversed'],
      system: 'Be brief.',
      prompt_mode: 'auto',
      seed: 9,
    },
    items: { name: 'test', version: '1', ids: ['Openness-1', 'Openness-2'] },
    summary: { offered: 'continuation' },
  });
  expect(document.observations).toEqual(run().result.observations);
  expect(document.request.items).toBeUndefined();
});

test('the CSV has one row for each option, and as many cells in each as in its head', () => {
  const lines = toCsv(run()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 2 * 4);
  const columns = lines[0]?.split(',') ?? [];
  const cells = lines[1]?.split(',') ?? [];
  expect(cells).toHaveLength(columns.length);
  expect(cells[columns.indexOf('option')]).toBe('high1');
  expect(cells[columns.indexOf('logprob')]).toBe('-10.5');
  expect(cells[columns.indexOf('template')]).toBe('');
});

test('no text of the CSV is a formula, numbers stay numbers', () => {
  expect(toCsv(run())).not.toMatch(/(^|,)"?=/m);
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1']) {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  }
  expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
  expect(csvCell('line\nline')).toBe('"line\nline"');
  expect([csvCell(-3.25), csvCell(1e-7), csvCell(null), csvCell(true)]).toEqual([
    '-3.25',
    '1e-7',
    '',
    'true',
  ]);
});

test('the file name is one', () => {
  expect(fileName(run(), 'csv')).toBe('traitscope-Some-model-..-x-2026-01-02-03-04.csv');
});

test('ratings are a table of their own, one row for each answer of the scale', () => {
  const { result, ...rest } = run();
  const rated: RunRecord = {
    ...rest,
    request: request(bank([], 0), { inventory: inventory(1) }),
    result: { ...result, observations: [], ratings: [rating('s1', { facet: '=1+1' })] },
  };
  const lines = toCsv(rated).trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 3);
  const columns = lines[0]?.split(',') ?? [];
  const cells = lines[3]?.split(',') ?? [];
  const cell = (column: string) => cells[columns.indexOf(column)];
  expect(cells).toHaveLength(columns.length);
  expect([cell('points'), cell('logprob'), cell('facet'), cell('value')]).toEqual([
    '3',
    '-5',
    "'=1+1",
    '1.4',
  ]);
  const document = JSON.parse(toJson(rated));
  expect(document.items.ids).toEqual(['s1']);
  expect(document.inventory).toEqual({ language: 'en', stem: 'I {}', scale: ['no', 'maybe', 'yes'] });
  expect(document.ratings).toHaveLength(1);
});
