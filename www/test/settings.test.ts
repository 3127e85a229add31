import { expect, test } from 'vitest';
import { readSettings, standardSettings, writeSettings } from '../src/page/settings';

test('an empty address gives the standard settings and writes nothing', () => {
  expect(readSettings('', '')).toEqual({ settings: standardSettings(), refused: [] });
  expect(writeSettings(standardSettings())).toBe('');
});

test('what is written is read again', () => {
  const settings = {
    ...standardSettings(),
    device: 'cpu' as const,
    readouts: ['continuation' as const],
    templates: ['T1' as const, 'T3' as const],
    per_trait: null,
    traits: ['Openness', 'Öffnung 2'],
    items: 2,
    prompt: 'raw' as const,
    gate: 4,
    paraphrases: true,
    gain: true,
    seed: 4294967295,
    workers: 3,
    system: 'You are a pirate. a=b&c#d',
    model: 'smollm2-135m-instruct-q4_1',
    dials: [
      { trait: 'malice', dose: 0.15 },
      { trait: 'humour', dose: -0.4 },
    ],
    orthogonal: true,
    cap: 0.25,
    question: 'Who are you? a=b&c#d',
  };
  const search = writeSettings(settings);
  expect(search).toMatch(/^\?/);
  expect(readSettings(search)).toEqual({ settings, refused: [] });
});

test('the hash is read like the query, and may name a place', () => {
  expect(readSettings('?device=cpu', '#seed=7').settings).toMatchObject({ device: 'cpu', seed: 7 });
  expect(readSettings('', '#results').refused).toEqual([]);
});

test.each([
  ['device', 'tpu'],
  ['device', ''],
  ['readouts', 'letters,palms'],
  ['templates', 'T4'],
  ['per_trait', '0'],
  ['per_trait', '1001'],
  ['per_trait', '1e3'],
  ['items', '-1'],
  ['items', '100001'],
  ['items', '0x10'],
  ['seed', '4294967296'],
  ['seed', '1.5'],
  ['workers', '0'],
  ['workers', '17'],
  ['paraphrases', 'yes'],
  ['gate', '25'],
  ['traits', '<script>'],
  ['traits', ''],
  ['model', '../../etc'],
  ['system', 'x'.repeat(2001)],
  ['dials', 'malice'],
  ['dials', 'malice:0.5'],
  ['dials', 'malice:1e-1'],
  ['dials', 'malice:0.1,malice:0.2'],
  ['dials', 'a:0,b:0,c:0,d:0,e:0'],
  ['dials', '<b>:0.1'],
  ['cap', '-0.1'],
  ['cap', '0.5'],
  ['cap', ''],
  ['question', ' '],
  ['question', 'x'.repeat(2001)],
])('%s=%s is refused, said and not used', (key, value) => {
  const { settings, refused } = readSettings(`?${new URLSearchParams({ [key]: value })}`);
  expect(settings).toEqual(standardSettings());
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain(key);
});

test('an unknown setting is said, and names of the prototype are unknown', () => {
  expect(readSettings('?colour=red&constructor=1').refused).toHaveLength(2);
});

test('a list is put in its own order without repetitions', () => {
  expect(readSettings('?templates=T3,T1,T3').settings.templates).toEqual(['T1', 'T3']);
});
