import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { speak } from '../src/i18n';
import { inEnglish, language, words } from '../src/i18n/all';
import { known } from '../src/page/facts';
import { studyComparisonJson } from '../src/page/study-comparison';
import { STUDY_FACTS } from '../src/page/study-facts';
import type { HeldStudy } from '../src/page/study-results';
import { origin, whyNot } from '../src/page/study-results';
import type { StudyFile, StudyResult } from '../src/types';

const study: StudyFile = {
  format: 'traitscope-study',
  format_version: 1,
  name: 'Ways',
  description: '',
  source: null,
  items: { per_trait: 2, traits: null },
  inventory: null,
  readouts: ['continuation'],
  templates: [],
  layouts: 'all',
  paraphrases: false,
  gain: false,
  gate: 8,
  failing: 'skip',
  seed: 7,
  factors: [
    { name: 'step', levels: [{ name: 'a' }, { name: 'b' }] as StudyFile['factors'][number]['levels'] },
  ],
  settings: null,
};

const held = (id: string, activations: StudyResult['activations']): HeldStudy => ({
  id,
  files: [],
  cancelled: false,
  result: {
    format: 'traitscope-study-result',
    format_version: 1,
    program: 'traitscope 0.1.0',
    date: null,
    study,
    model: 'Some model',
    model_sha256: 'a'.repeat(64),
    device: { kind: 'cpu', adapter: 'CPU', backend: 'wasm', limits: {}, notice: null },
    activations,
    items: 'bank 1',
    norms: [],
    gate: [],
    statement_gate: [],
    readouts: ['continuation'],
    answers: [],
    summary: { settings: 2, locked: 0, scales: [], ladders: [], planes: [], validity: [] },
  },
});

beforeEach(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await speak('de');
});
afterEach(async () => {
  await speak('en');
  vi.unstubAllGlobals();
});

test('facts of a study follow the language of the page, and what goes without saying still does', () => {
  const one = held('1', 'f32').result;
  const told = () => Object.fromEntries(known(STUDY_FACTS, one).map(({ what, value }) => [what, value]));
  expect(told()).toMatchObject({
    Aufgaben: 'bank 1: 2 von jedem Merkmal',
    'Beantwortete Einstellungen': '2 von 2',
  });
  // No statements, no letters.
  expect(Object.keys(told())).not.toContain('Aussagen');
  expect(Object.keys(told())).not.toContain('Vorlagen');
  expect(origin(held('1', 'f32'))).toBe('hier durchgeführt');
});

test('a comparison that is saved is in English, whatever the page speaks', async () => {
  const [baseline, other] = [held('1', 'f32'), held('2', 'int8')];
  const pair = { held: other, changes: [], why: null };
  expect(whyNot(pair)).toBe('keine Skala ist unter einer Einstellung vollständig, die beide haben');
  const saved = () => ({ ...JSON.parse(studyComparisonJson(baseline, [pair])), date: '' });
  const inGerman = saved();
  expect(inGerman.different).toEqual([
    { what: 'Arithmetic', values: ['exact (f32)', 'rounded to 8 bits (int8)'] },
  ]);
  expect(inGerman.compared[0].why).toBe('no scale is complete under a setting that both have');
  expect(language).toBe('de');
  await speak('en');
  expect(saved()).toEqual(inGerman);
});

test('what fails while English is spoken leaves the language as it was', () => {
  expect(() =>
    inEnglish(() => {
      throw new Error(words.studyFacts.none);
    }),
  ).toThrow('none');
  expect(language).toBe('de');
  expect(words.studyFacts.none).toBe('keine');
});
