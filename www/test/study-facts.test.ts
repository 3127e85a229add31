import { expect, test } from 'vitest';
import { differing, known } from '../src/page/facts';
import { STUDY_FACTS, STUDY_MODEL_FACTS, settingsAsked, varied } from '../src/page/study-facts';
import type { SettingAnswers, StudyFile, StudyResult } from '../src/types';

const level = (name: string) => ({ name }) as StudyFile['factors'][number]['levels'][number];
const levels = (count: number) => Array.from({ length: count }, (_, i) => level(`L${i + 1}`));

const study: StudyFile = {
  format: 'traitscope-study',
  format_version: 1,
  name: 'Ways',
  description: '',
  source: 'arXiv 2307.00184',
  items: { per_trait: 2, traits: ['Openness', 'Extraversion'] },
  inventory: null,
  readouts: ['letters', 'continuation'],
  templates: ['T1'],
  layouts: 'all',
  paraphrases: false,
  gain: false,
  gate: 8,
  failing: 'skip',
  seed: 7,
  factors: [{ name: 'step', levels: levels(3) }],
  settings: null,
};

const answers = (setting: number, device: SettingAnswers['device']): SettingAnswers => ({
  setting,
  values: [],
  locked: false,
  refusals: 0,
  rows: 0,
  device,
});

function result(change: Partial<StudyResult> = {}): StudyResult {
  return {
    format: 'traitscope-study-result',
    format_version: 1,
    program: 'traitscope 0.1.0',
    date: null,
    study,
    model: 'Some model',
    model_sha256: 'a'.repeat(64),
    device: { kind: 'cpu', adapter: 'CPU', backend: 'wasm', limits: {}, notice: null },
    activations: 'f32',
    items: 'bank 1',
    norms: [],
    gate: [],
    statement_gate: [],
    readouts: ['continuation'],
    answers: [answers(0, 'cpu'), answers(1, 'cpu')],
    summary: { settings: 2, locked: 0, scales: [], ladders: [], planes: [], validity: [] },
    ...change,
  };
}

const facts = (of: StudyResult) =>
  Object.fromEntries(
    known([...STUDY_MODEL_FACTS, ...STUDY_FACTS], of).map(({ what, value }) => [what, value]),
  );

test('each device is named with how many settings it answered, where there is more than one', () => {
  expect(facts(result()).Device).toBe('CPU');
  expect(facts(result({ answers: [answers(0, null)] })).Device).toBe('CPU');
  expect(facts(result({ answers: [answers(0, 'gpu')] })).Device).toBe('GPU');
  const lost = [answers(0, 'gpu'), answers(1, 'gpu'), answers(2, 'cpu')];
  expect(facts(result({ answers: lost })).Device).toBe('GPU under 2 settings and CPU under 1 setting');
  const half = [answers(0, null), answers(1, 'cpu')];
  expect(facts(result({ answers: half })).Device).toBe(
    'a device that is not known under 1 setting and CPU under 1 setting',
  );
});

test('what was asked is told, and what was left out with the letters is not', () => {
  expect(facts(result())).toMatchObject({
    Arithmetic: 'exact (f32)',
    Items: 'bank 1: 2 of each of Openness and Extraversion',
    'Read as': 'continuation; not as letters, which failed the factual questions',
    'Settings answered': '2 of 3',
    'Method from': 'arXiv 2307.00184',
  });
  expect(Object.keys(facts(result()))).not.toContain('Templates');
  expect(facts(result({ readouts: ['letters'] }))).toMatchObject({
    Templates: 'T1',
    'Orders of the answers': 'all',
  });
  expect(facts(result({ readouts: [] }))['Read as']).toMatch(/^not at all; not as letters and continuation/);
  const drawn = { ...study, settings: 2 };
  expect(facts(result({ study: drawn }))['Settings answered']).toBe('2 of 2, drawn from 3 by the seed');
  expect(settingsAsked(drawn)).toBe(2);
});

test('factors of many levels name the first and the last', () => {
  expect(varied(study)).toEqual([{ what: 'Varied: step', value: 'L1, L2 and L3' }]);
  const long = { ...study, factors: [{ name: 'persona', levels: levels(45) }] };
  expect(varied(long)).toEqual([{ what: 'Varied: persona', value: '45 levels: L1, L2, L3 … L45' }]);
});

test('results differ in what is known of both', () => {
  const other = result({ activations: 'int8', model_sha256: null });
  expect(differing(STUDY_MODEL_FACTS, [result(), other])).toEqual([
    { what: 'Arithmetic', values: ['exact (f32)', 'rounded to 8 bits (int8)'] },
  ]);
});
