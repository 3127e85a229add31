import { describe, expect, test } from 'vitest';
import { type RunRecord, toCsv, toJson } from '../src/page/export';
import { reportOf } from '../src/page/report';
import { figures, unlike } from '../src/page/report-figures';
import { readTest } from '../src/page/report-file';
import { isReport, openReport } from '../src/page/report-open';
import { readTable } from '../src/page/report-table';
import { bank, inventory, observation, rating, record, request } from './fixtures';

const asked = request(bank(['Openness'], 2));
const ofItems = record(asked, {
  observations: [
    observation('Openness-1'),
    observation('=HYPERLINK("http://x")', {
      readout: 'letters',
      template: 'T1',
      layout: 'forward',
      option_mass: 0.5,
    }),
    observation('two\nlines, "quoted"', { paraphrased: true, win: null, p_high_gain: 0.25, d_gain: -1e-7 }),
  ],
});
const ofStatements = record(request(bank([], 0), { inventory: inventory(2) }), {
  ratings: [
    rating('s1', { facet: '-1' }),
    rating('s2', { readout: 'letters', template: 'T2', layout: 'reversed', plain: null }),
  ],
  facts: [rating('gate-1/true'), rating('gate-1/false', { keyed: 'minus' })],
});
const saved = (run: RunRecord = ofItems) => JSON.parse(toJson(run));
const file = (text: string, name = 'saved.json') => new File([text], name);
const code = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return `${(error as { code?: string }).code}`;
  }
  return 'taken';
};

describe('a saved test comes back', () => {
  test('from JSON with every answer', () => {
    for (const run of [ofItems, ofStatements]) {
      const { observations, ratings, facts } = readTest(saved(run));
      expect(observations).toEqual(run.result.observations);
      expect(ratings).toEqual(run.result.ratings);
      expect(facts).toEqual(run.result.facts);
    }
  });

  test('from a table with every answer', () => {
    for (const run of [ofItems, ofStatements]) {
      const { rows, model, device } = readTable(toCsv(run));
      expect(rows).toEqual([...run.result.observations, ...run.result.ratings]);
      expect(model).toEqual({ name: run.model.name, sha256: run.model.sha256 });
      expect(device).toEqual({ kind: 'cpu' });
    }
  });

  test('as the report that the page has of it', () => {
    const { request: own, items } = readTest(saved());
    const report = reportOf(ofItems);
    expect(items.ids).toHaveLength(report.items?.size ?? 0);
    expect(own.templates).toEqual(report.asked?.templates);
  });

  test('also where an early version of the page saved it', () => {
    const { ratings: _, facts: __, inventory: ___, resumed: ____, activations: _____, ...early } = saved();
    expect(readTest(early).ratings).toEqual([]);
  });
});

describe('what is no saved test', () => {
  test('says so', () => {
    expect(code(() => readTest({ items: [] }))).toBe('report.format');
    expect(code(() => readTest([saved()]))).toBe('report.format');
    expect(code(() => readTest(null))).toBe('report.format');
    expect(code(() => readTest({ ...saved(), format: 'traitscope-effect' }))).toBe('report.format');
    expect(code(() => readTable('a,b\r\n1,2\r\n'))).toBe('report.format');
  });

  test('is of another version', () => {
    for (const format_version of [2, '1', null, undefined]) {
      expect(code(() => readTest({ ...saved(), format_version }))).toBe('report.version');
    }
  });

  test('is told by its content, not by its name', async () => {
    expect(await isReport(file(toJson(ofItems)))).toBe(true);
    expect(await isReport(file(JSON.stringify({ program: 'x'.repeat(9000), ...saved() })))).toBe(true);
    expect(await isReport(file(toCsv(ofItems), 'a.csv'))).toBe(true);
    expect(await isReport(file(`\uFEFF${toCsv(ofStatements)}`, 'a.csv'))).toBe(true);
    expect(await isReport(file('{"format":"traitscope-effect"}'))).toBe(true);
    expect(await isReport(file('{"name":"mine","items":[]}'))).toBe(false);
    expect(await isReport(file('[{"format":"traitscope-run"}]'))).toBe(false);
    expect(await isReport(file('{"items":['))).toBe(false);
    expect(await isReport(file('personality,situation\r\n', 'a.csv'))).toBe(false);
    expect(await isReport(file('GGUF', 'a.gguf'))).toBe(false);
  });

  test('is cut off, or larger than any', async () => {
    const text = toJson(ofItems);
    for (const part of [text.slice(0, 500), text.slice(0, -3)]) {
      await expect(openReport('1', file(part))).rejects.toMatchObject({ code: 'report.invalid' });
    }
    await expect(openReport('1', file('GIF89a'))).rejects.toMatchObject({ code: 'report.format' });
    const large = Object.defineProperty(file(text), 'size', { value: 65 << 20 });
    await expect(openReport('1', large)).rejects.toMatchObject({ code: 'report.size' });
  });
});

describe('a saved test that was made by hand', () => {
  const first = saved().observations[0];
  const changes: [string, unknown][] = [
    ['model', null],
    ['model', { ...saved().model, name: 7 }],
    ['device', { kind: 'quantum', adapter: '', backend: '' }],
    ['date', 'yesterday'],
    ['cancelled', 'no'],
    ['items', { ...saved().items, ids: [1] }],
    ['request', { ...saved().request, readouts: [] }],
    ['request', { ...saved().request, seed: 1.5 }],
    ['request', { ...saved().request, system: 'x'.repeat(200_000) }],
    ['observations', {}],
    ['observations', Array(200_001).fill(first)],
    ['observations', [first, first]],
    ['observations', [{ ...first, d: 'NaN' }]],
    ['observations', [{ ...first, d: null }]],
    ['observations', [{ ...first, d: Number('1e999') }]],
    ['observations', [{ ...first, p_high: 1.5 }]],
    ['observations', [{ ...first, readout: 'telepathy' }]],
    ['observations', [{ ...first, item: { toString: 'x' } }]],
    ['observations', [{ ...first, options: first.options.slice(1) }]],
    ['observations', [{ ...first, options: first.options.toReversed() }]],
    ['observations', [{ ...first, options: first.options.map((one: object) => ({ ...one, tokens: -1 })) }]],
    ['ratings', [{ ...first, domain: 'Openness' }]],
    ['gate_answers', [{ item: 'a', readout: 'letters', right: true }]],
  ];
  for (const [i, [field, value]] of changes.entries()) {
    test(`is refused: ${field}, ${i}`, () => {
      expect(code(() => readTest({ ...saved(), [field]: value }))).toBe('report.invalid');
    });
  }

  test('says which value is wrong', () => {
    expect(() => readTest({ ...saved(), observations: [{ ...first, d: 'NaN' }] })).toThrow(
      'observations[0].d is “NaN”, and a number is needed',
    );
    const { date: _, ...undated } = saved();
    expect(() => readTest(undated)).toThrow('date is missing');
  });

  test('brings nothing in by the names of its fields', () => {
    const text = toJson(ofItems).replace(/^\{/, '{"__proto__": {"polluted": 1}, "constructor": {"x": 1},');
    const read = readTest(JSON.parse(text.replaceAll('"Openness"', '"__proto__"')));
    expect(Object.hasOwn(read, '__proto__')).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(read.observations[0]?.trait).toBe('__proto__');
    const inherited = JSON.parse(
      toJson(ofItems).replace('"format":', '"__proto__": {"format":"traitscope-run"}, "form":'),
    );
    expect(code(() => readTest(inherited))).toBe('report.format');
  });
});

describe('a table that was made by hand', () => {
  const lines = toCsv(ofItems).split('\r\n');
  const cell = (column: string, value: string) => {
    const place = lines[0]?.split(',').indexOf(column) ?? -1;
    const row = (lines[1] ?? '').split(',');
    row[place] = value;
    return [lines[0], row.join(','), ...lines.slice(2)].join('\r\n');
  };

  test('may hold formulas, which are texts here', () => {
    const table = toCsv(ofItems).replaceAll('Openness-1', '=1+1');
    expect(readTable(table).rows[0]?.item).toBe('=1+1');
  });

  for (const [column, value] of [
    ['logprob', 'NaN'],
    ['logprob', 'Infinity'],
    ['logprob', '1e999'],
    ['logprob', '0x10'],
    ['logprob', ''],
    ['logprob', '=1+1'],
    ['tokens', '1.5'],
    ['device', 'abacus'],
    ['model', 'another'],
    ['readout', 'telepathy'],
    ['option', 'high2'],
    ['refused', 'maybe'],
    ['p_high', '2'],
    ['item', '"unclosed'],
  ] as const) {
    test(`is refused with ${column} ${value}`, () => {
      expect(code(() => readTable(cell(column, value)))).toBe('report.invalid');
    });
  }

  test('is refused without rows, with a row too short, and with a row twice', () => {
    expect(code(() => readTable(`${lines[0]}\r\n`))).toBe('report.invalid');
    expect(code(() => readTable([lines[0], 'a,b', ''].join('\r\n')))).toBe('report.invalid');
    expect(code(() => readTable([...lines.slice(0, -1), ...lines.slice(1)].join('\r\n')))).toBe(
      'report.invalid',
    );
  });
});

test('figures that are not those of the answers are named', () => {
  const summary = {
    scores: [{ trait: 'Openness', readout: 'letters', score: 60, low: 1, d: 0.5 }],
    likert: {
      scores: [{ domain: 'Trust', facet: null, readout: 'letters', score: 3, expected: { value: 2 } }],
    },
  };
  expect(unlike(figures(summary), figures(structuredClone(summary)))).toBeNull();
  const other = structuredClone(summary);
  for (const score of other.scores) score.score += 2e-6;
  expect(unlike(figures(other), figures(summary))).toMatch(
    /^The figures .* Openness \(letters\), score: 60\.0000 in the file/,
  );
  for (const nothing of [undefined, null, 'x', [], { scores: 'x' }, { scores: [null, 7], likert: 1 }]) {
    expect(figures(nothing).size).toBe(0);
  }
});
