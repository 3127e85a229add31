import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inEnglish, speak } from '../src/i18n';
import { bundledText } from '../src/page/bundled';
import { comparisonJson } from '../src/page/comparison-export';
import { changeLine } from '../src/page/comparison-words';
import { known } from '../src/page/facts';
import { type Report, reportOf } from '../src/page/report';
import { FACTS, TEST_FACTS } from '../src/page/report-facts';
import { readTable } from '../src/page/report-table';
import {
  gateLine,
  leanings,
  poles,
  READOUT_NAMES,
  traitLabel,
  traitName,
  traitWithin,
} from '../src/page/wording';
import type { StudyFile } from '../src/types';
import { bank, gate, observation, record, request, score } from './fixtures';

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  return speak('de');
});
afterAll(() => speak('en').then(() => vi.unstubAllGlobals()));

const asked = request(bank(['Openness'], 2));

function report(): Report {
  return reportOf(record(asked, { observations: [observation('Openness-1'), observation('Openness-2')] }));
}

test('scores and read-outs are told in German sentences', () => {
  expect(
    leanings([
      score('Openness', { low: 60, high: 90 }),
      score('Psychopathy', { low: 0, high: 20 }),
      score('Neuroticism', { low: 40, high: 70 }),
    ]),
  ).toBe(
    'Bei diesen Aufgaben antwortet das Modell wie jemand mit hohen Werten in Offenheit und mit niedrigen Werten in Psychopathie. Das andere Merkmal zeigt keine klare Neigung.',
  );
  expect(gateLine(gate('letters', 6))).toBe(
    'Die Auslesung „Buchstaben“ hat 6 von 24 Sachfragen richtig beantwortet: nicht besser als Raten. Deshalb wird aus ihr kein Merkmalswert angeboten.',
  );
  expect(
    changeLine([
      {
        scale: 'Openness',
        paired: 9,
        difference: { value: 1, low: 0.5, high: 2 },
        against: 0,
        dz: 1,
        p: 0,
        adjusted: 0,
      },
    ]),
  ).toBe('Es antwortet mehr wie jemand mit hohen Werten in Offenheit.');
  expect(READOUT_NAMES.continuation).toBe('Fortsetzung');
});

test('a trait that the page does not know keeps its own name', () => {
  expect([traitLabel(' Openness'), traitName('malice'), traitWithin('Neuroticism')]).toEqual([
    'Offenheit',
    'Bosheit',
    'Neurotizismus',
  ]);
  for (const other of ['Curiosity', 'constructor']) {
    expect([traitLabel(other), traitWithin(other), poles(other)]).toEqual([other, other, null]);
  }
  expect(inEnglish(() => [traitLabel('Openness'), traitLabel('opennesS'), traitWithin('Openness')])).toEqual([
    'Openness',
    'opennesS',
    'openness',
  ]);
});

test('facts are shown in German, and saved in English', () => {
  expect(known(TEST_FACTS, report())).toContainEqual({ what: 'Systemprompt', value: 'keiner' });
  const pairs = [{ report: report(), found: null, why: null }];
  const undated = (text: string) => ({ ...JSON.parse(text), date: null });
  const saved = undated(comparisonJson(report(), pairs));
  expect(saved).toEqual(inEnglish(() => undated(comparisonJson(report(), pairs))));
  expect(saved.baseline.facts).toMatchObject({ 'System prompt': 'none', 'Paraphrases too': 'no' });
  expect(new Set(FACTS.map(({ what }) => what)).size).toBe(FACTS.length);
});

test('what is wrong with a file is said in German, and its code stays', () => {
  expect(() => readTable('a,b')).toThrow(
    expect.objectContaining({
      code: 'report.format',
      message: expect.stringMatching(/^das ist keine gespeicherte Tabelle/),
    }),
  );
});

test('all that the bundled studies say of themselves is told in German', () => {
  const folder = new URL('../../studies/', import.meta.url);
  const files = readdirSync(folder).filter(name => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(6);
  // Codes of languages, and names that are the same in German.
  const same = /^([a-z]{2}(-[a-z]{2})?|b\d\d|IPIP-NEO-120|Extraversion \d)$/;
  for (const name of files) {
    const { factors = [], ...study } = JSON.parse(
      readFileSync(new URL(name, folder), 'utf8'),
    ) as Partial<StudyFile> & Pick<StudyFile, 'name' | 'description'>;
    const said = factors.flatMap(factor => [factor.name, ...factor.levels.map(level => level.name)]);
    for (const text of [study.name, study.description, ...said].filter(text => !same.test(text))) {
      expect(bundledText(text), text).not.toBe(text);
    }
  }
  expect(bundledText('Openness 3')).toBe('Offenheit 3');
  expect(bundledText('A study of my own')).toBe('A study of my own');
  expect(inEnglish(() => bundledText('Shaping ladder'))).toBe('Shaping ladder');
});
