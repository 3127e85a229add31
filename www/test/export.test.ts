import { expect, test } from 'vitest';
import { csvCell, fileName, type RunRecord, toCsv, toJson } from '../src/page/export';
import { bank, gate, inventory, observation, rating, request } from './fixtures';

function run(): RunRecord {
  const items = bank(['Openness'], 2);
  const asked = request(items, { system: 'Be brief.', seed: 9 });
  const device = { kind: 'cpu' as const, adapter: '', backend: 'wasm', limits: {}, notice: null };
  const observations = [
    observation('Openness-1'),
    observation('=HYPERLINK("http://x")', { readout: 'letters', template: 'T1', layout: 'forward' }),
  ];
  return {
    date: '2026-01-02T03:04:05.000Z',
    program: '0.1.0',
    model: {
      name: 'Some model/../x',
      sha256: 'ab'.repeat(32),
      architecture: 'llama',
      quantisation: 'Q4_1',
      parameters: 1,
      bytes: 2,
      layers: 3,
      width: 4,
      heads: 5,
      kv_heads: 6,
      vocabulary: 7,
      context: 8,
      licence: null,
      has_chat_template: true,
      device,
    },
    device,
    self_test: null,
    request: asked,
    bank: { name: items.name, version: items.version, licence: items.licence },
    bank_sha256: null,
    notices: [],
    resumed: 0,
    result: {
      observations,
      ratings: [],
      facts: [],
      gate_answers: [],
      summary: {
        scores: [],
        letters: null,
        gate: [gate('continuation', 21)],
        offered: 'continuation',
        likert: null,
        missing: [],
        templates: [],
        priors: [],
        corrected: [],
        sensitivities: [],
        seed: 9,
        resamples: 2000,
      },
      cancelled: false,
      activations: 'f32',
      rounding: null,
      skipped: [],
      milliseconds: 12.7,
      program: '0.1.0',
    },
  };
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
  const record = run();
  const { result } = record;
  const rated: RunRecord = {
    ...record,
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
